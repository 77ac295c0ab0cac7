import type { Knex } from 'knex';
import { inMilliseconds } from './inMilliseconds';
import { claimSteps, stepsOf } from './advanceRun';
import { lockRun, now, updateRun } from './lockRun';
import type { Claim, ReadyStep, StepLease } from './RunChange';

/** How many steps one sweep announces; the next goes on with the others. */
const ANNOUNCED_AT_ONCE = 100;

/** Takes a queued step; `undefined` where somebody else has, or it may start only later. */
export function leaseStep(
  knex: Knex,
  step: { runId: string; stepId: string },
  claim: Claim,
): Promise<StepLease | undefined> {
  return knex.transaction(async trx => {
    const run = await lockRun(trx, step.runId);
    const steps = await stepsOf(trx, step.runId);
    const row = steps.find(({ step_id }) => step_id === step.stepId);
    if (row?.state !== 'queued' || row.delayed) {
      return undefined;
    }
    await updateRun(trx, run, { activity: 'work' });
    const [lease] = await claimSteps(trx, run, steps, [step.stepId], claim);
    return lease;
  });
}

/** Prolongs leases; answers those that are lost, and the runs among the others that are being cancelled. */
export async function renewLeases(
  knex: Knex,
  tokens: string[],
  leaseMs: number,
): Promise<{ lost: string[]; cancelling: string[] }> {
  const kept = await knex('run_steps')
    .whereIn('lease_token', tokens)
    .andWhere({ state: 'running' })
    .update({ lease_until: inMilliseconds(knex, leaseMs) })
    .returning<Array<{ lease_token: string; run_id: string }>>([
      'lease_token',
      'run_id',
    ]);
  const cancelling = await knex('runs')
    .whereIn('id', [...new Set(kept.map(step => step.run_id))])
    .andWhere({ state: 'cancelling' })
    .pluck('id');
  const keptTokens = new Set(kept.map(step => step.lease_token));
  return {
    lost: tokens.filter(token => !keptTokens.has(token)),
    cancelling,
  };
}

/** Gives an engine's leases back, so that another goes on at once. */
export async function releaseLeases(
  trx: Knex.Transaction,
  holder: string,
): Promise<ReadyStep[]> {
  const rows = await trx('run_steps')
    .where({ lease_owner: holder, state: 'running' })
    .update({ state: 'queued', lease_token: null, lease_until: null })
    .returning<Array<{ run_id: string; step_id: string }>>([
      'run_id',
      'step_id',
    ]);
  return rows.map(row => ({
    runId: row.run_id,
    stepId: row.step_id,
    delayMs: 0,
  }));
}

/** Takes expired leases away, and answers every step that may start and that nobody has taken for a while. */
export async function recoverSteps(
  trx: Knex.Transaction,
  staleMs: number,
): Promise<ReadyStep[]> {
  await trx('run_steps')
    .whereIn(
      ['run_id', 'step_id'],
      trx('run_steps')
        .where({ state: 'running' })
        .andWhereRaw('lease_until < clock_timestamp()')
        .select('run_id', 'step_id')
        .forUpdate()
        .skipLocked(),
    )
    .update({
      state: 'queued',
      lease_token: null,
      // Old enough to be handed out by the query below.
      not_before: inMilliseconds(trx, -staleMs - 1),
    });
  const rows = await trx('run_steps')
    .whereIn(
      ['run_id', 'step_id'],
      trx('run_steps')
        .where({ state: 'queued' })
        .andWhereRaw(
          'COALESCE(not_before, ended_at, started_at, to_timestamp(0)) < ?',
          [inMilliseconds(trx, -staleMs)],
        )
        .select('run_id', 'step_id')
        .limit(ANNOUNCED_AT_ONCE)
        .forUpdate()
        .skipLocked(),
    )
    // Announced anew: for the next while it is nobody's business to do so again.
    .update({ not_before: now(trx) })
    .returning(['run_id', 'step_id']);
  return rows.map(row => ({
    runId: row.run_id,
    stepId: row.step_id,
    delayMs: 0,
  }));
}
