import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { inMilliseconds } from './inMilliseconds';
import type { ReadyStep, StepLease } from './RunStore';
import type { RunRow, StepRow } from './runRows';

/** Takes a queued step; `undefined` where somebody else has. */
export async function leaseStep(
  knex: Knex,
  step: { runId: string; stepId: string },
  owner: string,
  leaseMs: number,
): Promise<StepLease | undefined> {
  const token = randomUUID();
  const [row] = await knex('run_steps')
    .where({ run_id: step.runId, step_id: step.stepId, state: 'queued' })
    .andWhereRaw('(not_before IS NULL OR not_before <= clock_timestamp())')
    .update({
      state: 'running',
      attempt: knex.raw('attempt + 1'),
      lease_token: token,
      lease_owner: owner,
      lease_until: inMilliseconds(knex, leaseMs),
      started_at: knex.raw('clock_timestamp()'),
      ended_at: null,
      failure: null,
    })
    .returning<StepRow[]>('*');
  if (!row) {
    return undefined;
  }
  const run = await knex<RunRow>('runs').where({ id: step.runId }).first();
  const done = await knex<StepRow>('run_steps').where({
    run_id: step.runId,
    state: 'succeeded',
  });
  if (!run) {
    return undefined;
  }
  return {
    ...step,
    kind: run.kind,
    kindVersion: run.kind_version,
    token,
    attempt: row.attempt,
    tries: row.tries,
    input: run.input,
    requestedBy: run.requested_by,
    outputs: Object.fromEntries(
      done.map(other => [other.step_id, other.output ?? {}]),
    ),
  };
}

/** See `RunStore.renew`. */
export async function renewLeases(
  knex: Knex,
  tokens: string[],
  leaseMs: number,
) {
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
    cancelling: cancelling as string[],
  };
}

/** See `RunStore.release`. */
export async function releaseLeases(knex: Knex, owner: string): Promise<void> {
  await knex('run_steps')
    .where({ lease_owner: owner, state: 'running' })
    .update({ state: 'queued', lease_token: null, lease_until: null });
}

/** See `RunStore.recover`. */
export async function recoverSteps(
  trx: Knex.Transaction,
  staleMs: number,
): Promise<ReadyStep[]> {
  await trx('run_steps')
    .where({ state: 'running' })
    .andWhereRaw('lease_until < clock_timestamp()')
    .update({
      state: 'queued',
      lease_token: null,
      // Old enough to be handed out by the query below.
      not_before: inMilliseconds(trx, -staleMs - 1),
    });
  const rows = await trx('run_steps')
    .where({ state: 'queued' })
    .andWhereRaw(
      'COALESCE(not_before, ended_at, started_at, to_timestamp(0)) < ?',
      [inMilliseconds(trx, -staleMs)],
    )
    .select('run_id', 'step_id');
  return rows.map(row => ({
    runId: row.run_id,
    stepId: row.step_id,
    delayMs: 0,
  }));
}
