import type {
  DependencyEdge,
  DependencyNode,
  DependencyOrigin,
} from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';

/** Which way to look: at what needs something, or at what it needs. */
export type Direction = 'dependents' | 'dependencies';

const COLUMNS = {
  dependents: { from: 'dependency_ref', to: 'dependent_ref' },
  dependencies: { from: 'dependent_ref', to: 'dependency_ref' },
} as const;

/** Reads who needs what. */
export class DependencyStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** One step away from these, each once. */
  async neighbours(
    refs: readonly string[],
    direction: Direction,
  ): Promise<string[]> {
    const { from, to } = COLUMNS[direction];
    return this.#knex('dependencies')
      .whereRaw('?? = ANY (?::text[])', [from, [...refs]])
      .distinct(to)
      .orderBy(to)
      .pluck(to);
  }

  /** All edges among these. */
  async edges(refs: readonly string[]): Promise<DependencyEdge[]> {
    const rows: Array<{
      dependent_ref: string;
      dependency_ref: string;
      origins: DependencyOrigin[];
    }> = await this.#knex('dependencies')
      .whereRaw(
        'dependent_ref = ANY (?::text[]) AND dependency_ref = ANY (?::text[])',
        [[...refs], [...refs]],
      )
      .groupBy('dependent_ref', 'dependency_ref')
      .orderBy(['dependent_ref', 'dependency_ref'])
      .select(
        'dependent_ref',
        'dependency_ref',
        this.#knex.raw('array_agg(DISTINCT origin ORDER BY origin) AS origins'),
      );
    return rows.map(row => ({
      from: row.dependent_ref,
      to: row.dependency_ref,
      origins: row.origins,
    }));
  }

  /** What is known of these, in their order; what the catalog doesn't have is there by its reference alone. */
  async nodes(refs: readonly string[]): Promise<DependencyNode[]> {
    const rows: Array<{
      entity_ref: string;
      kind: string;
      title: string;
      owner: string | null;
      owner_title: string | null;
    }> = await this.#knex('entities as e')
      .leftJoin('teams as t', 't.group_ref', 'e.owner')
      .whereNull('e.gone_at')
      .whereRaw('e.entity_ref = ANY (?::text[])', [[...refs]])
      .select(
        'e.entity_ref',
        'e.kind',
        'e.owner',
        't.title as owner_title',
        this.#knex.raw('coalesce(e.title, e.name) AS title'),
      );
    const known = new Map(rows.map(row => [row.entity_ref, row]));
    return refs.map(entityRef => {
      const row = known.get(entityRef);
      return row
        ? {
            entityRef,
            kind: row.kind,
            title: row.title,
            owner: row.owner ?? undefined,
            ownerTitle: row.owner_title ?? undefined,
          }
        : { entityRef, title: entityRef };
    });
  }
}
