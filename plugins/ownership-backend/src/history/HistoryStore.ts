import { InputError } from '@backstage/errors';
import type {
  FieldHistory,
  HistoryEntry,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

interface HistoryRow {
  id: string;
  entity_ref: string;
  at: Date;
  actor: string;
  action: HistoryEntry['action'];
  changes: FieldHistory[];
}

/** Something that happened to an entity. */
export interface NewEntry {
  entityRef: string;
  action: HistoryEntry['action'];
  changes: FieldHistory[];
}

/** What happened to entities. */
export class HistoryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(
    trx: Knex,
    entries: readonly NewEntry[],
    { at, actor }: { at: Date; actor: string },
  ): Promise<void> {
    await trx.batchInsert(
      'entity_changes',
      entries.map(({ entityRef, action, changes }) => ({
        entity_ref: entityRef,
        at,
        actor,
        action,
        changes: JSON.stringify(changes),
      })),
      500,
    );
  }

  /** The newest first. */
  async list(
    entityRef: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<Page<HistoryEntry>> {
    const query = this.#knex<HistoryRow>('entity_changes')
      .where({ entity_ref: entityRef })
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (cursor !== undefined) {
      if (!/^\d{1,18}$/.test(cursor)) {
        throw new InputError(
          'The cursor is not one this list gave out. Start again without a cursor.',
        );
      }
      query.where('id', '<', cursor);
    }
    const rows = await query;
    const items = rows.slice(0, limit);
    return {
      items: items.map(({ id, at, actor, action, changes }) => ({
        id,
        at: at.toISOString(),
        actor,
        action,
        changes,
      })),
      ...(rows.length > limit && { nextCursor: items.at(-1)?.id }),
    };
  }
}
