import type { Knex } from 'knex';
import type { ResourceRow } from './rows';

/** Changes that were not announced for so long were made by a backend that died, or where nobody could be told. */
const OVERDUE = `interval '2 seconds'`;

/** What there is to tell of a resource. */
export type Announcement = Pick<
  ResourceRow,
  'id' | 'environment' | 'service' | 'state' | 'version'
>;

/** Changes that somebody else should have announced by now, the oldest first. */
export function overdueAnnouncements(
  knex: Knex,
  limit: number,
): Promise<Announcement[]> {
  return knex<ResourceRow>('resources')
    .whereRaw('announced < version')
    .andWhereRaw(`changed_at < clock_timestamp() - ${OVERDUE}`)
    .orderBy('changed_at')
    .limit(limit)
    .select('id', 'environment', 'service', 'state', 'version');
}

/** Remembers what was announced; what changed since stays to be announced. */
export async function markAnnounced(
  knex: Knex,
  announced: ReadonlyArray<Pick<ResourceRow, 'id' | 'version'>>,
): Promise<void> {
  await knex.raw(
    `UPDATE resources SET announced = GREATEST(announced, told.version)
     FROM unnest(?::uuid[], ?::int[]) AS told (id, version) WHERE resources.id = told.id`,
    [announced.map(({ id }) => id), announced.map(({ version }) => version)],
  );
}
