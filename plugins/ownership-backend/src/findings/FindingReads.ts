import {
  FINDING_KINDS,
  type Finding,
  type FindingCounts,
  type FindingKind,
  type FindingState,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { decodeCursor, encodeCursor, wrongCursor } from '../http';
import type { FindingRow } from './FindingStore';

type ShownRow = FindingRow & { entity_title: string | null };

/** Which findings are wanted. */
export interface FindingQuery {
  kind?: FindingKind;
  /** `null`: of what nobody owns. */
  owner?: string | null;
  state: FindingState;
  assignee?: string;
  cursor?: string;
  limit: number;
}

/** Reads findings for those who look at them. */
export class FindingReads {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The gravest first, then the newest. */
  async list(filter: FindingQuery): Promise<Page<Finding>> {
    const query = this.#rows()
      .where('f.state', filter.state)
      .orderBy([
        { column: 'f.rank' },
        { column: 'f.opened_at', order: 'desc' },
        { column: 'f.id', order: 'desc' },
      ])
      .limit(filter.limit + 1);
    if (filter.kind) {
      query.where('f.kind', filter.kind);
    }
    if (filter.owner !== undefined) {
      query.where('f.owner', filter.owner);
    }
    if (filter.assignee) {
      query.where('f.assignee', filter.assignee);
    }
    if (filter.cursor) {
      afterCursor(query, filter.cursor);
    }
    const rows: ShownRow[] = await query;
    const shown = rows.slice(0, filter.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toFinding),
      ...(last &&
        rows.length > filter.limit && {
          nextCursor: encodeCursor([
            String(last.rank),
            last.opened_at.toISOString(),
            last.id,
          ]),
        }),
    };
  }

  async find(id: string): Promise<Finding | undefined> {
    const row: ShownRow | undefined = await this.#rows()
      .where('f.id', id)
      .first();
    return row && toFinding(row);
  }

  /** Those that aren't closed, the gravest first. */
  async ofEntity(entityRef: string): Promise<Finding[]> {
    const rows: ShownRow[] = await this.#rows()
      .where('f.entity_ref', entityRef)
      .whereNot('f.state', 'closed')
      .orderBy(['f.rank', 'f.kind']);
    return rows.map(toFinding);
  }

  /** How many of a team aren't closed. */
  async countOf(owner: string): Promise<FindingCounts> {
    const rows: Array<{ kind: FindingKind; count: string }> = await this.#knex(
      'findings',
    )
      .where({ owner })
      .whereNot({ state: 'closed' })
      .groupBy('kind')
      .select('kind')
      .count();
    return countsOf(rows);
  }

  #rows(): Knex.QueryBuilder {
    return this.#knex('findings as f')
      .leftJoin('entities as e', 'e.entity_ref', 'f.entity_ref')
      .select(
        'f.*',
        this.#knex.raw('coalesce(e.title, e.name) AS entity_title'),
      );
  }
}

/** Counts by kind, with none left out. */
export function countsOf(
  rows: ReadonlyArray<{ kind: FindingKind; count: string }>,
): FindingCounts {
  const counts = Object.fromEntries(
    FINDING_KINDS.map(kind => [kind, 0]),
  ) as FindingCounts;
  rows.forEach(({ kind, count }) => {
    counts[kind] = Number(count);
  });
  return counts;
}

function afterCursor(query: Knex.QueryBuilder, cursor: string): void {
  const [rank, openedAt, id] = decodeCursor(cursor, 3);
  if (!/^\d$/.test(rank) || Number.isNaN(Date.parse(openedAt)) || !isId(id)) {
    throw wrongCursor();
  }
  query.whereRaw(
    '(f.rank > ? OR (f.rank = ? AND (f.opened_at, f.id) < (?::timestamptz, ?::uuid)))',
    [rank, rank, openedAt, id],
  );
}

/** Whether something can be the id of a row. */
export function isId(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

function toFinding(row: ShownRow): Finding {
  return {
    id: row.id,
    key: row.key,
    entityRef: row.entity_ref,
    entityTitle: row.entity_title ?? row.entity_ref,
    kind: row.kind,
    severity: row.severity,
    owner: row.owner ?? undefined,
    evidence: row.evidence,
    suggestion: row.suggestion ?? undefined,
    state: row.state,
    assignee: row.assignee ?? undefined,
    snoozedUntil: row.snoozed_until?.toISOString(),
    snoozeReason: row.snooze_reason ?? undefined,
    snoozedBy: row.snoozed_by ?? undefined,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString(),
    closedBecause: row.closed_because ?? undefined,
  };
}
