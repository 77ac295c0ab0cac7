import { InputError } from '@backstage/errors';
import type { Page, Run, RunFilter } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { toRuns } from './readRun';
import type { RunRow } from './rows';

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
    const { at, id } = parseCursor(page.cursor);
    query.whereRaw('(created_at, id) < (?::timestamptz, ?::uuid)', [at, id]);
  }
  const rows = (await query) as RunRow[];
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: await toRuns(knex, shown),
    nextCursor:
      rows.length > page.limit && last
        ? await cursorAt(knex, last.id)
        : undefined,
  };
}

/** JavaScript's dates end at milliseconds; the cursor keeps the database's microseconds. */
async function cursorAt(knex: Knex, id: string): Promise<string> {
  const { rows } = await knex.raw(
    'SELECT created_at::text AS at FROM runs WHERE id = ?',
    [id],
  );
  return Buffer.from(JSON.stringify({ at: rows[0].at, id })).toString(
    'base64url',
  );
}

function parseCursor(cursor: string): { at: string; id: string } {
  try {
    const parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      !Number.isNaN(Date.parse(parsed.at)) &&
      /^[0-9a-f-]{36}$/.test(parsed.id)
    ) {
      return { at: parsed.at, id: parsed.id };
    }
  } catch {
    // Answered below, like every other cursor that isn't ours.
  }
  throw new InputError(
    'The cursor is not one this list gave out. Start again without a cursor.',
  );
}
