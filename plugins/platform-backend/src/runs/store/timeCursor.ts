import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { isId } from '../isId';

/** The lists that are paged by time: newest first, by `created_at` and `id`. */
type Listed = 'runs' | 'run_waits' | 'resources' | 'deployments';

/**
 * What the page after this row is asked for with: its time in microseconds, since JavaScript's dates end at milliseconds,
 * and its id.
 */
export async function cursorAt(
  knex: Knex,
  table: Listed,
  id: string,
): Promise<string> {
  const { rows } = await knex.raw(
    'SELECT (EXTRACT(EPOCH FROM created_at) * 1000000)::bigint AS at FROM ?? WHERE id = ?',
    [table, id],
  );
  return Buffer.from(`${rows[0].at} ${id}`).toString('base64url');
}

/** Leaves out what earlier pages had. Throws `InputError` where the cursor is not one that was given out. */
export function afterCursor(
  query: Knex.QueryBuilder,
  table: Listed,
  cursor: string,
): void {
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url')
    .toString()
    .split(' ');
  if (!/^\d{1,16}$/.test(at) || !isId(id ?? '') || rest.length > 0) {
    throw new InputError(
      'The cursor is not one this list gave out. Start again without a cursor.',
    );
  }
  query.whereRaw(
    `(??, ??) < ('epoch'::timestamptz + ?::bigint * interval '1 microsecond', ?::uuid)`,
    [`${table}.created_at`, `${table}.id`, at, id],
  );
}
