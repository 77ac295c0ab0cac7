import type { WaitResult } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { inMilliseconds } from './inMilliseconds';
import { settleRun, type SettleStep } from '../settleRun';
import { now, updateRun } from './lockRun';
import {
  changeOf,
  type Claim,
  type RunChange,
  type StepLease,
} from './RunChange';
import type { RunRow, StepRow, WaitRow } from './rows';

type PhaseStep = StepRow & SettleStep;

/**
 * Does what follows from the steps of a locked run: starts those that may start, ends the run when nothing is left. Steps that
 * the claiming engine has room for are its own when the transaction commits; the others are announced.
 */
export async function advanceRun(
  trx: Knex.Transaction,
  run: RunRow,
  claim?: Claim,
): Promise<RunChange> {
  const all = await stepsOf(trx, run.id);
  const steps = all.filter(
    step => (step.undoes !== null) === (run.phase === 'undo'),
  );
  const blocked = run.state === 'waiting' && (await hasRunWaits(trx, run.id));
  const settlement = settleRun(run, steps, blocked);
  const ready = settlement.steps.filter(({ state }) => state === 'queued');
  const claimed = ready.slice(0, claim?.free ?? 0).map(({ stepId }) => stepId);
  const announced = ready.slice(claimed.length).map(({ stepId }) => stepId);
  const { end } = settlement;
  // What may start and nobody has room for waits for machines until somebody takes it.
  const idle =
    settlement.activity === 'work' &&
    claimed.length === 0 &&
    steps.every(({ state }) => state !== 'running');
  for (const state of ['skipped', 'cancelled'] as const) {
    await setSteps(trx, run.id, settlement.steps, state);
  }
  if (announced.length > 0) {
    await trx('run_steps')
      .where({ run_id: run.id })
      .whereIn('step_id', announced)
      .update({ state: 'queued', not_before: now(trx) });
  }
  if (end || settlement.steps.some(({ state }) => state !== 'queued')) {
    await cancelWaits(trx, run.id, settlement.steps, end !== undefined);
  }
  const updated = await updateRun(trx, run, {
    state: settlement.state,
    activity: idle ? 'machines' : settlement.activity,
    columns: end && {
      ended_at: now(trx),
      holds_target: false,
      output:
        run.phase === 'do' ? JSON.stringify(end.output ?? {}) : run.output,
      failure: end.failure ? JSON.stringify(end.failure) : null,
    },
  });
  return changeOf(updated, {
    leases:
      claim && claimed.length > 0
        ? await claimSteps(trx, updated, all, claimed, claim)
        : [],
    ready: announced.map(stepId => ({ runId: run.id, stepId, delayMs: 0 })),
    ended: end !== undefined,
    freed: end !== undefined && run.holds_target,
  });
}

/** Every step of a run, of both phases, in order; the database says whether one may start only later. */
export async function stepsOf(knex: Knex, runId: string): Promise<PhaseStep[]> {
  return (await knex<StepRow>('run_steps')
    .where({ run_id: runId })
    .orderBy('position')
    .select(
      '*',
      knex.raw(
        `COALESCE(state = 'queued' AND not_before > clock_timestamp(), false) AS delayed`,
      ),
    )) as PhaseStep[];
}

/** Takes steps that may start, for the claiming engine. */
export async function claimSteps(
  knex: Knex,
  run: RunRow,
  steps: StepRow[],
  stepIds: string[],
  claim: Claim,
): Promise<StepLease[]> {
  const rows = await knex('run_steps')
    .where({ run_id: run.id })
    .whereIn('step_id', stepIds)
    .whereIn('state', ['pending', 'queued'])
    .update({
      state: 'running',
      attempt: knex.raw('attempt + 1'),
      lease_token: knex.raw('gen_random_uuid()'),
      lease_owner: claim.holder,
      lease_until: inMilliseconds(knex, claim.leaseMs),
      started_at: knex.raw('COALESCE(started_at, clock_timestamp())'),
      ended_at: null,
      failure: null,
    })
    .returning<StepRow[]>('*');
  const outputs = Object.fromEntries(
    steps.flatMap(({ step_id, state, output }) =>
      state === 'succeeded' ? [[step_id, output ?? {}]] : [],
    ),
  );
  return Promise.all(
    rows.map(async row => ({
      run,
      stepId: row.step_id,
      undoes: row.undoes ?? undefined,
      token: row.lease_token!,
      attempt: row.attempt,
      tries: row.tries,
      outputs,
      resumed: await resumedBy(knex, row),
    })),
  );
}

async function resumedBy(
  knex: Knex,
  step: StepRow,
): Promise<WaitResult | undefined> {
  if (!step.resumed_by) {
    return undefined;
  }
  const wait = await knex<WaitRow>('run_waits')
    .where({ id: step.resumed_by })
    .first();
  return (
    wait && {
      outcome: wait.state === 'expired' ? 'expired' : 'resumed',
      payload: wait.payload ?? undefined,
    }
  );
}

async function hasRunWaits(
  trx: Knex.Transaction,
  runId: string,
): Promise<boolean> {
  const wait = await trx<WaitRow>('run_waits')
    .where({ run_id: runId, state: 'open' })
    .whereNull('step_id')
    .first('id');
  return wait !== undefined;
}

async function setSteps(
  trx: Knex.Transaction,
  runId: string,
  steps: Array<{ stepId: string; state: string }>,
  state: string,
): Promise<void> {
  const ids = steps
    .filter(step => step.state === state)
    .map(step => step.stepId);
  if (ids.length > 0) {
    await trx('run_steps')
      .where({ run_id: runId })
      .whereIn('step_id', ids)
      .update({ state, not_before: null });
  }
}

async function cancelWaits(
  trx: Knex.Transaction,
  runId: string,
  steps: Array<{ stepId: string; state: string }>,
  all: boolean,
): Promise<void> {
  const query = trx('run_waits').where({ run_id: runId, state: 'open' });
  if (!all) {
    query.whereIn(
      'step_id',
      steps
        .filter(({ state }) => state !== 'queued')
        .map(({ stepId }) => stepId),
    );
  }
  await query.update({ state: 'cancelled', ended_at: now(trx) });
}
