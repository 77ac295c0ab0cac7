import type { Knex } from 'knex';
import type { WaitRow } from './rows';

/** The open waits whose time has come, or whose event has happened while a backend died that was to tell them. */
export async function dueWaits(
  knex: Knex,
  limit: number,
): Promise<Array<Pick<WaitRow, 'id' | 'kind'> & { event: boolean }>> {
  const due = await knex<WaitRow>('run_waits')
    .where({ state: 'open' })
    .andWhereRaw('due_at <= clock_timestamp()')
    .orderBy('due_at')
    .limit(limit)
    .select('id', 'kind');
  const happened = await knex('run_waits')
    .join('run_events', 'run_events.key', 'run_waits.event_key')
    .where({ state: 'open' })
    .limit(limit)
    .select('run_waits.id', 'run_waits.kind');
  return [
    ...happened.map(wait => ({ ...wait, event: true })),
    ...due.map(wait => ({ ...wait, event: false })),
  ];
}
