import type { EndedRun } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { RunRow } from './rows';

/** A run that ended and whose kind hasn't been told yet. */
export interface UnhandledEnd extends EndedRun {
  kind: string;
  kindVersion: number;
  title: string;
  requestedBy: string;
}

/** Ended runs that nobody else is telling about, but for those left for later. */
export async function unhandledEnds(
  trx: Knex.Transaction,
  limit: number,
  later: string[] = [],
): Promise<UnhandledEnd[]> {
  const rows = await trx<RunRow>('runs')
    .whereNotNull('ended_at')
    .andWhere({ end_handled: false })
    .whereNotIn('id', later)
    .orderBy('ended_at')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  return rows.map(row => ({
    runId: row.id,
    kind: row.kind,
    kindVersion: row.kind_version,
    title: row.title,
    requestedBy: row.requested_by,
    input: row.input,
    state: row.state as UnhandledEnd['state'],
    failure: row.failure ?? undefined,
  }));
}

export async function markEndHandled(
  trx: Knex.Transaction,
  runIds: string[],
): Promise<void> {
  await trx('runs').whereIn('id', runIds).update({ end_handled: true });
}

/** Planned runs that nobody started for a day. */
export function forgottenPlans(knex: Knex): Promise<string[]> {
  return knex<RunRow>('runs')
    .where({ state: 'planned' })
    .andWhereRaw(`created_at < clock_timestamp() - interval '1 day'`)
    .limit(100)
    .pluck('id');
}
