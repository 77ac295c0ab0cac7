import type { Page, ResourceFilter } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { afterCursor, cursorAt } from '../../runs';
import type { ResourceRow } from './rows';

/** One page of resources, newest first; those that were destroyed only where their state is asked for. */
export async function listResources(
  knex: Knex,
  filter: ResourceFilter,
  page: { limit: number; cursor?: string },
): Promise<Page<ResourceRow>> {
  const query = knex<ResourceRow>('resources')
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit + 1);
  if (filter.state?.length) {
    query.whereIn('state', filter.state);
  } else {
    query.whereNot({ state: 'destroyed' });
  }
  if (filter.owner?.length) {
    query.whereIn('owner', filter.owner);
  }
  if (filter.drifted) {
    query.whereNotNull('drift');
  }
  if (filter.expiresBefore) {
    query.where('expires_at', '<', new Date(filter.expiresBefore));
  }
  if (filter.search) {
    query.whereRaw('strpos(name, ?) > 0', [filter.search.toLowerCase()]);
  }
  const { environment, type, service } = filter;
  for (const [column, value] of Object.entries({ environment, type })) {
    if (value) {
      query.where(column, value);
    }
  }
  if (service) {
    query.where(of =>
      of
        .where({ service })
        .orWhereIn(
          'id',
          knex('resource_connections').where({ service }).select('resource_id'),
        ),
    );
  }
  if (page.cursor) {
    afterCursor(query, 'resources', page.cursor);
  }
  const rows = (await query) as ResourceRow[];
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      rows.length > page.limit && last
        ? await cursorAt(knex, 'resources', last.id)
        : undefined,
  };
}
