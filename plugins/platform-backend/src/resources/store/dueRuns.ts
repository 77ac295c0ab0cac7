import type { Knex } from 'knex';
import type { ResourceRow } from './rows';

/** A resource about which the platform has to start a run by itself. */
export interface DueRun {
  id: string;
  name: string;
  /** The run is started once under it. */
  key: string;
}

/** Those that have expired, and whose destruction wasn't begun for that yet. */
export function dueExpiries(knex: Knex, limit: number): Promise<DueRun[]> {
  return due(knex, limit, 'expire', 'expires_at', ['ready', 'failed']);
}

/** Those that were kept for long enough, and whose purge wasn't begun yet. */
export function duePurges(knex: Knex, limit: number): Promise<DueRun[]> {
  return due(knex, limit, 'purge', 'purge_at', ['deleted']);
}

async function due(
  knex: Knex,
  limit: number,
  what: string,
  column: 'expires_at' | 'purge_at',
  states: Array<ResourceRow['state']>,
): Promise<DueRun[]> {
  const key = `'${what}:' || resources.id || ':' || (EXTRACT(EPOCH FROM ${column}) * 1000)::bigint`;
  return knex('resources')
    .whereIn('state', states)
    .andWhereRaw(`${column} <= clock_timestamp()`)
    .whereNotExists(
      knex('runs').whereRaw(`runs.idempotency_key = ${key}`).select('runs.id'),
    )
    .orderBy(column)
    .limit(limit)
    .select('id', 'name', knex.raw(`${key} AS key`));
}
