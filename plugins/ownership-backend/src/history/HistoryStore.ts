import type {
  FieldHistory,
  HistoryEntry,
} from '@slipway/plugin-ownership-common';
import type { SourcedChange } from '@slipway/plugin-ownership-node';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { newestFirst } from '../http';

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

  /** Adds what others told; what is there already stays. Answers how many are new. */
  async addSourced(changes: readonly SourcedChange[]): Promise<number> {
    if (changes.length === 0) {
      return 0;
    }
    const added = await this.#knex('entity_changes')
      .insert(
        changes.map(({ key, entityRef, at, actor, changes: fields }) => ({
          source_key: key,
          entity_ref: entityRef,
          at,
          actor,
          action: 'changed',
          changes: JSON.stringify(fields),
        })),
      )
      .onConflict('source_key')
      .ignore()
      .returning('id');
    return added.length;
  }

  /** When the newest of what others told was; `undefined` where there is none. */
  async newestSourced(): Promise<Date | undefined> {
    const row: { at: Date } | undefined = await this.#knex('entity_changes')
      .whereNotNull('source_key')
      .orderBy('at', 'desc')
      .first('at');
    return row?.at;
  }

  /** The newest first. */
  async list(
    entityRef: string,
    page: { cursor?: string; limit: number },
  ): Promise<Page<HistoryEntry>> {
    return newestFirst<HistoryRow, HistoryEntry>(
      this.#knex('entity_changes').where({ entity_ref: entityRef }),
      page,
      {
        time: 'at',
        isId: text => /^\d{1,18}$/.test(text),
        toItem: toEntry,
      },
    );
  }
}

function toEntry({ id, at, actor, action, changes }: HistoryRow): HistoryEntry {
  return { id, at: at.toISOString(), actor, action, changes };
}
