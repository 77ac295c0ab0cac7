import type { Failure } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { RunSecrets } from '../RunSecrets';
import { inMilliseconds } from './inMilliseconds';
import { advanceRun } from './advanceRun';
import { lockRun, now, updateRun } from './lockRun';
import {
  type Claim,
  changeOf,
  type RunChange,
  type StepLease,
} from './RunChange';
import type { RunRow } from './rows';
import { withoutSecrets } from './withoutSecrets';

/** How an attempt at a step ended. */
export type AttemptEnd =
  | { state: 'succeeded'; output: JsonObject; remains?: string[] }
  | { state: 'failed'; failure: Failure }
  | { state: 'cancelled' }
  | { state: 'queued'; failure: Failure; delayMs: number };

/** Ends the attempt that holds the lease; `undefined` where the lease was lost, and nothing changes. */
export async function endAttempt(
  trx: Knex.Transaction,
  lease: StepLease,
  result: AttemptEnd,
  secrets: RunSecrets,
  claim: Claim,
): Promise<RunChange | undefined> {
  const run = await lockRun(trx, lease.run.id);
  const end = await withoutSecrets(trx, secrets, run, result, [
    'output',
    'failure',
    'remains',
  ]);
  if (!(await closeLease(trx, lease, columnsOf(trx, lease, end)))) {
    return undefined;
  }
  if (end.state === 'succeeded' && lease.undoes) {
    await forgetRemains(trx, lease);
  }
  const change = await advanceRun(trx, run, claim);
  if (end.state === 'queued' && !change.ended) {
    change.ready.push({
      runId: lease.run.id,
      stepId: lease.stepId,
      delayMs: end.delayMs,
    });
  }
  return change;
}

/** Takes the lease away from a step and stores what became of it; `false` where the lease was lost. */
export async function closeLease(
  trx: Knex.Transaction,
  lease: StepLease,
  columns: Record<string, unknown>,
): Promise<boolean> {
  const updated = await trx('run_steps')
    .where({
      run_id: lease.run.id,
      step_id: lease.stepId,
      state: 'running',
      lease_token: lease.token,
    })
    .update({ lease_token: null, lease_until: null, ...columns });
  return updated > 0;
}

/** Stores what a step may leave behind, before it does; `false` where the lease was lost. */
export async function storeRemains(
  knex: Knex,
  lease: StepLease,
  remains: string[],
): Promise<boolean> {
  const updated = await knex('run_steps')
    .where({
      run_id: lease.run.id,
      step_id: lease.stepId,
      lease_token: lease.token,
    })
    .update({ remains: JSON.stringify(remains) });
  return updated > 0;
}

/** Stores that the rules let a run act; `false` where the run waits for approval since, or the lease was lost. */
export async function letAct(
  trx: Knex.Transaction,
  lease: StepLease,
): Promise<boolean> {
  const run = await lockRun(trx, lease.run.id);
  if (run.state === 'waiting') {
    await closeLease(trx, lease, { state: 'pending' });
    return false;
  }
  await updateRun(trx, run, {
    columns: run.checked_at ? undefined : { checked_at: now(trx) },
  });
  return true;
}

/** Puts a step back, since its run has to wait for approval before it acts. */
export async function holdBack(
  trx: Knex.Transaction,
  lease: StepLease,
  ask: (run: RunRow) => Promise<void>,
): Promise<RunChange | undefined> {
  const run = await lockRun(trx, lease.run.id);
  if (!(await closeLease(trx, lease, { state: 'pending' }))) {
    return undefined;
  }
  if (run.state === 'waiting' || run.checked_at) {
    return run.state === 'waiting' ? changeOf(run) : advanceRun(trx, run);
  }
  await ask(run);
  const acted = await trx('run_steps')
    .where({ run_id: run.id })
    .whereIn('state', ['succeeded', 'waiting', 'running'])
    .first('step_id');
  const waiting = await updateRun(trx, run, {
    state: 'waiting',
    activity: 'people',
    columns: { holds_target: acted !== undefined },
  });
  return changeOf(waiting, { freed: acted === undefined });
}

function columnsOf(
  trx: Knex.Transaction,
  lease: StepLease,
  end: AttemptEnd,
): Record<string, unknown> {
  switch (end.state) {
    case 'succeeded':
      return {
        state: end.state,
        output: JSON.stringify(end.output),
        tries: 0,
        ended_at: now(trx),
        ...(end.remains && { remains: JSON.stringify(end.remains) }),
      };
    case 'queued':
      return {
        state: end.state,
        failure: JSON.stringify(end.failure),
        tries: lease.tries + 1,
        not_before: inMilliseconds(trx, end.delayMs),
      };
    case 'failed':
      return {
        state: end.state,
        failure: JSON.stringify(end.failure),
        ended_at: now(trx),
      };
    default:
      return { state: end.state, ended_at: now(trx) };
  }
}

async function forgetRemains(
  trx: Knex.Transaction,
  lease: StepLease,
): Promise<void> {
  await trx('run_steps')
    .where({ run_id: lease.run.id, step_id: lease.undoes })
    .update({ remains: null });
}
