import type { Drift } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import type { ResourceRow } from './rows';

/**
 * Remembers what a look at a resource found; only where that is news, the resource has changed. `undefined` where a run has acted on it
 * since it was read.
 */
export async function storeCheck(
  knex: Knex,
  row: ResourceRow,
  drift: Drift | undefined,
): Promise<ResourceRow | undefined> {
  const isNews = !isDeepStrictEqual(drift ?? null, row.drift);
  const [stored] = await knex('resources')
    .where({ id: row.id, state: 'ready', run_id: row.run_id })
    .update({
      checked_at: knex.raw('clock_timestamp()'),
      ...(isNews && {
        drift: drift ? JSON.stringify(drift) : null,
        version: knex.raw('version + 1'),
        changed_at: knex.raw('clock_timestamp()'),
      }),
    })
    .returning<ResourceRow[]>('*');
  return stored;
}
