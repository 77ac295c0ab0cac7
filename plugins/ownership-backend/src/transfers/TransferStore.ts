import { randomUUID } from 'node:crypto';
import type { Transfer, TransferState } from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { isId } from '../findings';
import { groupBy } from '../groupBy';
import { decodeCursor, encodeCursor, wrongCursor } from '../http';

/** For how long a move can be undone. */
const UNDO_MS = 7 * 24 * 60 * 60_000;

/** The states in which no other transfer of the same entities may be offered. */
const UNDER_WAY: readonly TransferState[] = [
  'offered',
  'accepted',
  'moving',
  'undoing',
];

interface TransferRow {
  id: string;
  state: TransferState;
  to: string;
  to_title: string | null;
  reason: string;
  offered_by: string;
  offered_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
  run_id: string | null;
  problem: string | null;
  moved_at: Date | null;
  touched: string[];
}

interface ItemRow {
  transfer_id: string;
  entity_ref: string;
  title: string | null;
  from_owner: string | null;
}

/** An entity that may be offered. */
export interface Offerable {
  entityRef: string;
  owner?: string;
  /** Whether the owner is a group with people. */
  isOwned: boolean;
  /** Whether a transfer of it is under way. */
  isUnderWay: boolean;
}

/** What a step of a transfer sets. */
export interface TransferChange {
  decided_by?: string;
  decided_at?: Date;
  decision_reason?: string;
  run_id?: string;
  problem?: string | null;
  moved_at?: Date;
  touched?: readonly string[];
}

/** Which transfers are wanted. */
export interface TransferQuery {
  team?: string;
  entityRef?: string;
  state?: readonly TransferState[];
  cursor?: string;
  limit: number;
}

/** Where transfers live. */
export class TransferStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those of these entities that are there, or all that a group owns; up to a number. */
  async offerable(
    which: { refs: readonly string[] } | { owner: string },
    most: number,
  ): Promise<Offerable[]> {
    const query = this.#knex('entities as e')
      .whereNull('e.gone_at')
      .orderBy(['e.name', 'e.entity_ref'])
      .limit(most)
      .select(
        'e.entity_ref',
        'e.owner',
        this.#knex.raw(
          'EXISTS (SELECT 1 FROM members m WHERE m.group_ref = e.owner) AS is_owned',
        ),
        this.#knex.raw(
          'EXISTS (SELECT 1 FROM transfer_entities t WHERE t.entity_ref = e.entity_ref AND t.under_way) AS is_under_way',
        ),
      );
    const rows: Array<{
      entity_ref: string;
      owner: string | null;
      is_owned: boolean;
      is_under_way: boolean;
    }> = await ('owner' in which
      ? query.where('e.owner', which.owner)
      : query.whereIn('e.entity_ref', [...which.refs]));
    return rows.map(row => ({
      entityRef: row.entity_ref,
      owner: row.owner ?? undefined,
      isOwned: row.is_owned,
      isUnderWay: row.is_under_way,
    }));
  }

  /** Answers its id; `undefined` where a transfer of one of the entities is under way. */
  async add(offer: {
    entities: ReadonlyArray<{ entityRef: string; owner?: string }>;
    to: string;
    reason: string;
    offeredBy: string;
  }): Promise<string | undefined> {
    const id = randomUUID();
    return this.#claiming(async trx => {
      await trx('transfers').insert({
        id,
        state: 'offered',
        to: offer.to,
        reason: offer.reason,
        offered_by: offer.offeredBy,
        offered_at: new Date(),
      });
      await trx.batchInsert(
        'transfer_entities',
        offer.entities.map(({ entityRef, owner }) => ({
          transfer_id: id,
          entity_ref: entityRef,
          from_owner: owner,
        })),
        500,
      );
      return id;
    });
  }

  /**
   * Goes on to another state, unless somebody else was faster. Answers whether it did; also not where it would have to hold entities
   * that another transfer holds.
   */
  async advance(
    id: string,
    from: readonly TransferState[],
    to: TransferState,
    { touched, ...change }: TransferChange = {},
  ): Promise<boolean> {
    const isDone = await this.#claiming(async trx => {
      const count = await trx('transfers')
        .where({ id })
        .whereIn('state', [...from])
        .update({
          ...change,
          ...(touched && { touched: JSON.stringify(touched) }),
          state: to,
        });
      if (count > 0) {
        await trx('transfer_entities')
          .where({ transfer_id: id })
          .update({ under_way: UNDER_WAY.includes(to) });
      }
      return count > 0;
    });
    return isDone ?? false;
  }

  async find(id: string): Promise<Transfer | undefined> {
    const rows = await this.#rows().where('tr.id', id);
    const [found] = await this.#withEntities(rows);
    return found;
  }

  /** The newest first. */
  async list(filter: TransferQuery): Promise<Page<Transfer>> {
    const query = this.#rows()
      .orderBy([
        { column: 'tr.offered_at', order: 'desc' },
        { column: 'tr.id', order: 'desc' },
      ])
      .limit(filter.limit + 1);
    const { team, entityRef, state, cursor } = filter;
    if (team) {
      query.whereRaw(
        '(tr.to = ? OR EXISTS (SELECT 1 FROM transfer_entities i WHERE i.transfer_id = tr.id AND i.from_owner = ?))',
        [team, team],
      );
    }
    if (entityRef) {
      query.whereRaw(
        'EXISTS (SELECT 1 FROM transfer_entities i WHERE i.transfer_id = tr.id AND i.entity_ref = ?)',
        [entityRef],
      );
    }
    if (state) {
      query.whereIn('tr.state', [...state]);
    }
    if (cursor) {
      const [at, id] = decodeCursor(cursor, 2);
      if (Number.isNaN(Date.parse(at)) || !isId(id)) {
        throw wrongCursor();
      }
      query.whereRaw('(tr.offered_at, tr.id) < (?::timestamptz, ?::uuid)', [
        at,
        id,
      ]);
    }
    const rows: TransferRow[] = await query;
    const shown = rows.slice(0, filter.limit);
    const last = shown.at(-1);
    return {
      items: await this.#withEntities(shown),
      ...(last &&
        rows.length > filter.limit && {
          nextCursor: encodeCursor([last.offered_at.toISOString(), last.id]),
        }),
    };
  }

  /** Those that wait for their move to begin, and of which no try has failed; and those that are under way. */
  async waiting(): Promise<Transfer[]> {
    return this.#withEntities(
      await this.#rows().where(open =>
        open
          .whereIn('tr.state', ['moving', 'undoing'])
          .orWhere(begun =>
            begun.where('tr.state', 'accepted').whereNull('tr.problem'),
          ),
      ),
    );
  }

  #rows(): Knex.QueryBuilder {
    return this.#knex('transfers as tr')
      .leftJoin('teams as t', 't.group_ref', 'tr.to')
      .select('tr.*', 't.title as to_title');
  }

  async #withEntities(rows: readonly TransferRow[]): Promise<Transfer[]> {
    const items: ItemRow[] = await this.#knex('transfer_entities as i')
      .leftJoin('entities as e', 'e.entity_ref', 'i.entity_ref')
      .whereIn(
        'i.transfer_id',
        rows.map(({ id }) => id),
      )
      .orderBy('i.entity_ref')
      .select(
        'i.*',
        this.#knex.raw('coalesce(e.title, e.name, i.entity_ref) AS title'),
      );
    const byTransfer = groupBy(items, ({ transfer_id: id }) => id);
    return rows.map(row => toTransfer(row, byTransfer.get(row.id) ?? []));
  }

  /** `undefined` where another transfer holds one of the entities. */
  async #claiming<T>(
    work: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await this.#knex.transaction(work);
    } catch (error) {
      if (
        (error as { constraint?: string }).constraint ===
        'transfer_entities_once'
      ) {
        return undefined;
      }
      throw error;
    }
  }
}

function toTransfer(row: TransferRow, items: readonly ItemRow[]): Transfer {
  return {
    id: row.id,
    state: row.state,
    entities: items.map(item => ({
      entityRef: item.entity_ref,
      title: item.title ?? item.entity_ref,
      from: item.from_owner ?? undefined,
    })),
    to: row.to,
    toTitle: row.to_title ?? row.to,
    reason: row.reason,
    offeredBy: row.offered_by,
    offeredAt: row.offered_at.toISOString(),
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at?.toISOString(),
    decisionReason: row.decision_reason ?? undefined,
    runId: row.run_id ?? undefined,
    problem: row.problem ?? undefined,
    movedAt: row.moved_at?.toISOString(),
    undoUntil:
      row.moved_at === null
        ? undefined
        : new Date(row.moved_at.getTime() + UNDO_MS).toISOString(),
    touched: row.touched,
  };
}
