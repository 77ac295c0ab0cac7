import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { decodeCursor, encodeCursor, wrongCursor } from './cursor';

/**
 * A page of rows by a time, the newest first, and those of one moment by their `id`.
 *
 * @param options - `time`: the column. `isId`: whether a text is an id of these rows
 */
export async function newestFirst<TRow extends { id: string }, TItem>(
  query: Knex.QueryBuilder,
  { cursor, limit }: { cursor?: string; limit: number },
  options: {
    time: keyof TRow & string;
    isId(text: string): boolean;
    toItem(row: TRow): TItem;
  },
): Promise<Page<TItem>> {
  const { time, isId, toItem } = options;
  query
    .orderBy([
      { column: time, order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(cursor, 2);
    if (Number.isNaN(Date.parse(at)) || !isId(id)) {
      throw wrongCursor();
    }
    query.whereRaw('(??, id) < (?, ?)', [time, at, id]);
  }
  const rows: TRow[] = await query;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    ...(rows.length > limit &&
      last && {
        nextCursor: encodeCursor([(last[time] as Date).toISOString(), last.id]),
      }),
  };
}
