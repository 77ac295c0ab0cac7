import { randomUUID } from 'node:crypto';
import type { Leaver, LeaverState } from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { isId } from '../findings';
import { newestFirst } from '../http';

interface LeaverRow {
  id: string;
  user_ref: string;
  title: string;
  teams: string[];
  state: LeaverState;
  left_at: Date;
  ended_at: Date | null;
  confirmed_by: string | null;
  touched: string[];
}

/** Who left, and what that changed. */
export class LeaverStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Notes who is gone, in the transaction that takes them from the projection, and that others are back. */
  async note(
    trx: Knex,
    gone: ReadonlyArray<Pick<Leaver, 'person' | 'title' | 'teams'>>,
    present: readonly string[],
  ): Promise<void> {
    const now = new Date();
    await trx<LeaverRow>('leavers')
      .whereIn('state', ['noticed', 'held'])
      .whereRaw('user_ref = ANY (?)', [[...present]])
      .update({ state: 'returned', ended_at: now });
    if (gone.length > 0) {
      await trx('leavers')
        .insert(
          gone.map(({ person, title, teams }) => ({
            id: randomUUID(),
            user_ref: person,
            title,
            teams,
            state: 'noticed',
            left_at: now,
          })),
        )
        .onConflict(trx.raw("(user_ref) WHERE state IN ('noticed', 'held')"))
        .ignore();
    }
  }

  /** Those whose things are to be taken back, and who have been gone since then; the first to leave first. */
  async due(before: Date): Promise<Leaver[]> {
    const rows: LeaverRow[] = await this.#knex('leavers')
      .where({ state: 'noticed' })
      .where(query =>
        query.where('left_at', '<=', before).orWhereNotNull('confirmed_by'),
      )
      .orderBy(['left_at', 'id']);
    return rows.map(toLeaver);
  }

  /** How many people there are now. */
  async countPresent(): Promise<number> {
    const [{ count }] = await this.#knex('people').count();
    return Number(count);
  }

  /** Holds those that nobody has confirmed. */
  async hold(ids: readonly string[]): Promise<void> {
    await this.#knex<LeaverRow>('leavers')
      .whereIn('id', [...ids])
      .where({ state: 'noticed' })
      .whereNull('confirmed_by')
      .update({ state: 'held' });
  }

  /** Answers those that were held until now. */
  async confirm(ids: readonly string[], by: string): Promise<Leaver[]> {
    const rows: LeaverRow[] = await this.#knex<LeaverRow>('leavers')
      .whereIn('id', ids.filter(isId))
      .where({ state: 'held' })
      .update({ state: 'noticed', confirmed_by: by })
      .returning('*');
    return rows.map(toLeaver);
  }

  /** Work items that they looked after are nobody's; answers how many. */
  async unassign(person: string): Promise<number> {
    return this.#knex('findings')
      .where({ assignee: person })
      .whereNot({ state: 'closed' })
      .update({ assignee: null });
  }

  /**
   * Takes back what one of them had, by one backend at a time, so that what was taken back is told by who did it. Answers that; `undefined` where another
   * one does it, or they are back.
   */
  async takeBack(
    id: string,
    work: () => Promise<string[]>,
  ): Promise<string[] | undefined> {
    return this.#knex.transaction(async trx => {
      const row = await trx('leavers')
        .where({ id, state: 'noticed' })
        .forUpdate()
        .skipLocked()
        .first('id');
      if (!row) {
        return undefined;
      }
      const touched = await work();
      await trx('leavers')
        .where({ id })
        .update({
          state: 'done',
          ended_at: new Date(),
          touched: JSON.stringify(touched),
        });
      return touched;
    });
  }

  /** The latest first. */
  async list(page: { cursor?: string; limit: number }): Promise<Page<Leaver>> {
    return newestFirst<LeaverRow, Leaver>(this.#knex('leavers'), page, {
      time: 'left_at',
      isId,
      toItem: toLeaver,
    });
  }
}

function toLeaver(row: LeaverRow): Leaver {
  return {
    id: row.id,
    state: row.state,
    person: row.user_ref,
    title: row.title,
    teams: row.teams,
    leftAt: row.left_at.toISOString(),
    endedAt: row.ended_at?.toISOString(),
    confirmedBy: row.confirmed_by ?? undefined,
    touched: row.touched,
  };
}
