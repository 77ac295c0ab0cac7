import type {
  FindingKind,
  OwnedEntity,
  Ownership,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { decodeCursor, encodeCursor, wordsQuery } from '../http';

/** As the index has it. */
const WORDS = `to_tsvector('simple', translate(e.name || ' ' || coalesce(e.title, '') || ' ' || coalesce(split_part(e.owner, '/', 2), ''), '-_./:', '     '))`;

/** A row of `entities`, with what people call its owner and the kinds of its findings. */
export interface EntityRow {
  entity_ref: string;
  kind: string;
  name: string;
  title: string | null;
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  system_ref: string | null;
  owner: string | null;
  owner_title: string | null;
  ownership: Ownership;
  annotations: Record<string, string>;
  finding_kinds: FindingKind[] | null;
  changed_at: Date;
  gone_at: Date | null;
}

/** Which entities are wanted. */
export interface EntityQuery {
  q?: string;
  /** `null`: what nobody owns. */
  owner?: string | null;
  kind?: string;
  finding?: FindingKind;
  cursor?: string;
  limit: number;
}

/** Reads entities, as the projection has them. */
export class EntityStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Also one that is gone. */
  async find(entityRef: string): Promise<EntityRow | undefined> {
    return this.#rows().where('e.entity_ref', entityRef).first();
  }

  /** By name. */
  async list(filter: EntityQuery): Promise<Page<OwnedEntity>> {
    const query = this.#rows()
      .whereNull('e.gone_at')
      .orderBy(['e.name', 'e.entity_ref'])
      .limit(filter.limit + 1);
    const words = wordsQuery(filter.q);
    if (words) {
      query.whereRaw(`${WORDS} @@ to_tsquery('simple', ?)`, [words]);
    }
    if (filter.owner !== undefined) {
      query.where('e.owner', filter.owner);
    }
    if (filter.kind) {
      query.where('e.kind', filter.kind);
    }
    if (filter.finding) {
      query.whereRaw(
        `EXISTS (SELECT 1 FROM findings f WHERE f.entity_ref = e.entity_ref AND f.kind = ? AND f.state <> 'closed')`,
        [filter.finding],
      );
    }
    if (filter.cursor) {
      query.whereRaw(
        '(e.name, e.entity_ref) > (?, ?)',
        decodeCursor(filter.cursor, 2),
      );
    }
    const rows: EntityRow[] = await query;
    const shown = rows.slice(0, filter.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(toOwnedEntity),
      ...(last &&
        rows.length > filter.limit && {
          nextCursor: encodeCursor([last.name, last.entity_ref]),
        }),
    };
  }

  /** How much a team owns, by kind. */
  async countByKind(owner: string): Promise<Record<string, number>> {
    const rows: Array<{ kind: string; count: string }> = await this.#knex(
      'entities',
    )
      .where({ owner })
      .whereNull('gone_at')
      .groupBy('kind')
      .select('kind')
      .count();
    return Object.fromEntries(
      rows.map(({ kind, count }) => [kind, Number(count)]),
    );
  }

  /** The transfer of it that isn't over. */
  async transferOf(entityRef: string): Promise<string | undefined> {
    const row = await this.#knex('transfer_entities')
      .where({ entity_ref: entityRef, under_way: true })
      .first();
    return row?.transfer_id;
  }

  #rows(): Knex.QueryBuilder {
    return this.#knex('entities as e')
      .leftJoin('teams as t', 't.group_ref', 'e.owner')
      .select(
        'e.*',
        't.title as owner_title',
        this.#knex.raw(
          `(SELECT array_agg(f.kind ORDER BY f.rank, f.kind) FROM findings f WHERE f.entity_ref = e.entity_ref AND f.state <> 'closed') AS finding_kinds`,
        ),
      );
  }
}

/** An entity as lists show it. */
export function toOwnedEntity(row: EntityRow): OwnedEntity {
  return {
    entityRef: row.entity_ref,
    kind: row.kind,
    name: row.name,
    title: row.title ?? undefined,
    description: row.description ?? undefined,
    type: row.type ?? undefined,
    lifecycle: row.lifecycle ?? undefined,
    system: row.system_ref ?? undefined,
    owner: row.owner ?? undefined,
    ownerTitle: row.owner_title ?? undefined,
    source: row.ownership.source,
    inheritedFrom: row.ownership.inheritedFrom,
    findings: row.finding_kinds ?? [],
    goneAt: row.gone_at?.toISOString(),
  };
}
