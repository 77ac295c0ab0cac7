import type { Knex } from 'knex';
import type { ResourceRow } from './rows';

/** Those whose owners are to be warned now, and that nobody else is warning about until the transaction ends. */
export function dueWarnings(
  trx: Knex.Transaction,
  limit: number,
): Promise<ResourceRow[]> {
  return trx<ResourceRow>('resources')
    .whereIn('state', ['ready', 'failed'])
    .andWhereRaw('warn_at <= clock_timestamp()')
    .orderBy('warn_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .select('*');
}

/** Nobody is warned of this end again. */
export async function markWarned(
  trx: Knex.Transaction,
  ids: string[],
): Promise<void> {
  await trx('resources').whereIn('id', ids).update({ warn_at: null });
}
