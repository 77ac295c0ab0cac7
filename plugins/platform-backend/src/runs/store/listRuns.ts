import type { Page, Run, RunFilter } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { toRuns } from './readRun';
import type { RunRow } from './rows';
import { afterCursor, cursorAt } from './timeCursor';

/** One page of runs, newest first. The cursor is the last row's time and id, so that new runs shift nothing. */
export async function listRuns(
  knex: Knex,
  filter: RunFilter,
  page: { limit: number; cursor?: string },
): Promise<Page<Run>> {
  const query = knex<RunRow>('runs')
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit + 1);
  if (filter.state?.length) {
    query.whereIn('state', filter.state);
  }
  if (filter.owner?.length) {
    query.whereIn('owner', filter.owner);
  }
  for (const [column, value] of Object.entries({
    activity: filter.activity,
    kind: filter.kind,
    service: filter.service,
    environment: filter.environment,
    requested_by: filter.requestedBy,
    target: filter.target,
  })) {
    if (value) {
      query.where(column, value);
    }
  }
  if (page.cursor) {
    afterCursor(query, 'runs', page.cursor);
  }
  const rows = (await query) as RunRow[];
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: await toRuns(knex, shown),
    nextCursor:
      rows.length > page.limit && last
        ? await cursorAt(knex, 'runs', last.id)
        : undefined,
  };
}
