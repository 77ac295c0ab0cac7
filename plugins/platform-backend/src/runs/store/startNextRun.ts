import type { Knex } from 'knex';
import { advanceRun } from './advanceRun';
import { lockRun, updateRun } from './lockRun';
import type { Claim, RunChange } from './RunChange';

/** Starts the next queued run of a target where the target is free: the highest priority, then the oldest. */
export async function startNextRun(
  trx: Knex.Transaction,
  target: string,
  claim?: Claim,
): Promise<RunChange | undefined> {
  // Runs of one target start one after the other, whichever engine ends the one before.
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
    target,
  ]);
  const next = await trx('runs')
    .where({ target, state: 'queued' })
    .whereNotExists(
      trx('runs as holder')
        .where({ 'holder.target': target, 'holder.holds_target': true })
        .select(trx.raw('1')),
    )
    .orderBy([
      { column: 'priority', order: 'desc' },
      { column: 'created_at' },
      { column: 'id' },
    ])
    .first('id');
  if (!next) {
    return undefined;
  }
  const run = await lockRun(trx, next.id);
  if (run.state !== 'queued') {
    return startNextRun(trx, target, claim);
  }
  const started = await updateRun(trx, run, {
    state: run.phase === 'undo' ? 'undoing' : 'running',
    activity: 'work',
    columns: {
      holds_target: true,
      started_at: trx.raw('COALESCE(started_at, clock_timestamp())'),
      ended_at: null,
      failure: null,
    },
  });
  return advanceRun(trx, started, claim);
}

/** The targets that are free although a run is queued for them, as after a backend died in between. */
export function forgottenTargets(knex: Knex): Promise<string[]> {
  return knex('runs')
    .where({ state: 'queued' })
    .whereNotExists(
      knex('runs as holder')
        .whereRaw('holder.target = runs.target AND holder.holds_target')
        .select(knex.raw('1')),
    )
    .distinct()
    .limit(100)
    .pluck('target');
}
