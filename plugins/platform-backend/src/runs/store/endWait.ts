import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Failure } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { RunSecrets } from '../RunSecrets';
import { advanceRun } from './advanceRun';
import { lockRun, now, updateRun } from './lockRun';
import { resumeStep } from './resumeStep';
import { changeOf, type Claim, type RunChange } from './RunChange';
import type { RunRow, WaitRow } from './rows';
import { withoutSecrets } from './withoutSecrets';

/** How a wait ended. */
export interface WaitEnd {
  state: 'resumed' | 'rejected' | 'expired';
  payload?: JsonObject;
  /** What is shown where it ends the run. */
  failure?: Failure;
}

/**
 * Ends an open wait, once, and moves its run on. `decide` is called with the run and the wait locked; without an answer nothing
 * ends. Throws `NotFoundError` where there is no such wait, and `ConflictError` where it is not open any more.
 */
export async function endWait(
  trx: Knex.Transaction,
  waitId: string,
  decide: (wait: WaitRow) => Promise<WaitEnd | undefined>,
  secrets: RunSecrets,
  claim?: Claim,
): Promise<RunChange | undefined> {
  const found = await trx<WaitRow>('run_waits').where({ id: waitId }).first();
  if (!found) {
    throw new NotFoundError(`There is nothing to wait for under ${waitId}.`);
  }
  const run = await lockRun(trx, found.run_id);
  const wait = await trx<WaitRow>('run_waits')
    .where({ id: waitId })
    .forUpdate()
    .first();
  if (wait?.state !== 'open') {
    throw new ConflictError(`This is ${wait?.state} already.`);
  }
  const decided = await decide(wait);
  if (!decided) {
    return undefined;
  }
  const end = await withoutSecrets(trx, secrets, run, decided, [
    'payload',
    'failure',
  ]);
  await trx('run_waits')
    .where({ id: waitId })
    .update({
      state: end.state,
      payload: end.payload && JSON.stringify(end.payload),
      ended_at: now(trx),
    });
  return wait.step_id === null
    ? endRunWait(trx, run, end)
    : endStepWait(trx, run, wait, end, claim);
}

async function endRunWait(
  trx: Knex.Transaction,
  run: RunRow,
  end: WaitEnd,
): Promise<RunChange> {
  if (run.state !== 'waiting') {
    return changeOf(run);
  }
  if (end.state !== 'resumed') {
    await trx('run_waits')
      .where({ run_id: run.id, state: 'open' })
      .update({ state: 'cancelled', ended_at: now(trx) });
    await trx('run_steps')
      .where({ run_id: run.id })
      .whereIn('state', ['pending', 'waiting', 'queued'])
      .update({ state: 'cancelled' });
    const running = await trx('run_steps')
      .where({ run_id: run.id, state: 'running' })
      .first('step_id');
    const ended = await updateRun(trx, run, {
      state: running ? 'cancelling' : 'cancelled',
      activity: running ? 'work' : 'none',
      columns: {
        failure: end.failure && JSON.stringify(end.failure),
        ...(!running && { ended_at: now(trx), holds_target: false }),
      },
    });
    return changeOf(ended, { ended: !running, freed: run.holds_target });
  }
  const open = await trx('run_waits')
    .where({ run_id: run.id, state: 'open' })
    .whereNull('step_id')
    .first('id');
  if (open) {
    return changeOf(run);
  }
  // What was decided before the wait is asked again before the run acts.
  if (run.holds_target) {
    const resumed = await updateRun(trx, run, {
      state: run.phase === 'undo' ? 'undoing' : 'running',
      activity: 'work',
      columns: { checked_at: null },
    });
    return advanceRun(trx, resumed);
  }
  const queued = await updateRun(trx, run, {
    state: 'queued',
    activity: 'queue',
    columns: { checked_at: null },
  });
  return changeOf(queued, { freed: true });
}

async function endStepWait(
  trx: Knex.Transaction,
  run: RunRow,
  wait: WaitRow,
  end: WaitEnd,
  claim?: Claim,
): Promise<RunChange> {
  const refused = wait.kind === 'approval' && end.state !== 'resumed';
  if (refused) {
    await trx('run_steps')
      .where({ run_id: run.id, step_id: wait.step_id, state: 'waiting' })
      .update({
        state: 'failed',
        failure: JSON.stringify(end.failure),
        ended_at: now(trx),
      });
  } else {
    await resumeStep(trx, wait);
  }
  const checked =
    wait.waits_for === 'people'
      ? await updateRun(trx, run, { columns: { checked_at: null } })
      : run;
  return ['running', 'waiting', 'undoing', 'cancelling'].includes(run.state)
    ? advanceRun(trx, checked, claim)
    : changeOf(checked);
}
