import { createHash } from 'node:crypto';
import type { Ownership } from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';
import { groupBy } from '../groupBy';
import { changesOf, type HistoryStore, type Told } from '../history';
import type { Dependency, ProjectedEntity } from './types';

interface EntityRow extends Told {
  entity_ref: string;
  kind: string;
  name: string;
  owner: string | null;
  annotations: Record<string, string>;
  looked_at: string[];
  hash: string;
  read_at: Date;
  changed_at: Date;
  gone_at: Date | null;
}

interface DependencyRow {
  dependent_ref: string;
  dependency_ref: string;
  stated_by: string;
}

/** When the catalog was read, and who changed it, as far as that is known. */
export interface Reading {
  at: Date;
  actor: string;
}

/** What the catalog has, as far as ownership goes. */
export class ProjectionStore {
  readonly #knex: Knex;
  readonly #history: HistoryStore;

  constructor(options: { knex: Knex; history: HistoryStore }) {
    this.#knex = options.knex;
    this.#history = options.history;
  }

  /**
   * Stores entities, and what changed in them. Those that are as they were aren't written, nor are those that somebody read later
   * already. Answers the references of those that were written.
   */
  async put(
    trx: Knex,
    entities: readonly ProjectedEntity[],
    reading: Reading,
  ): Promise<string[]> {
    const refs = entities.map(({ entityRef }) => entityRef);
    const before = await this.#lock(trx, refs);
    const changed = entities.filter(entity => {
      const old = before.get(entity.entityRef);
      return (
        !old ||
        (old.read_at <= reading.at &&
          (old.gone_at !== null || old.hash !== hashOf(entity)))
      );
    });
    if (changed.length === 0) {
      return [];
    }
    await trx('entities')
      .insert(changed.map(entity => rowOf(entity, reading.at)))
      .onConflict('entity_ref')
      .merge();
    await this.#putDependencies(trx, changed);
    await this.#history.add(
      trx,
      changed.map(entity => {
        const old = before.get(entity.entityRef);
        return {
          entityRef: entity.entityRef,
          action: actionOf(old),
          changes: changesOf(old, toldOf(entity)),
        };
      }),
      reading,
    );
    return changed.map(({ entityRef }) => entityRef);
  }

  /** The references of what isn't gone. */
  async present(): Promise<string[]> {
    return this.#knex('entities').whereNull('gone_at').pluck('entity_ref');
  }

  /** How much isn't gone. */
  async count(): Promise<number> {
    const [{ count }] = await this.#knex('entities')
      .whereNull('gone_at')
      .count();
    return Number(count);
  }

  /** The references of what these references decided about. */
  async decidedBy(refs: readonly string[]): Promise<string[]> {
    return this.#knex('entities')
      .whereNull('gone_at')
      .whereRaw('looked_at && ?::text[]', [[...refs]])
      .pluck('entity_ref');
  }

  /** Marks entities as gone; their rows and their history stay. Answers those that weren't yet. */
  async leave(
    trx: Knex,
    refs: readonly string[],
    reading: Reading,
  ): Promise<string[]> {
    const gone = await trx<EntityRow>('entities')
      .whereIn('entity_ref', [...refs])
      .whereNull('gone_at')
      .where('read_at', '<=', reading.at)
      .update({
        gone_at: reading.at,
        changed_at: reading.at,
        read_at: reading.at,
      })
      .returning('entity_ref');
    const left = gone.map(({ entity_ref: ref }) => ref);
    await trx('dependencies').whereIn('stated_by', left).delete();
    await this.#history.add(
      trx,
      left.map(entityRef => ({ entityRef, action: 'gone', changes: [] })),
      reading,
    );
    return left;
  }

  async #lock(
    trx: Knex,
    refs: readonly string[],
  ): Promise<Map<string, EntityRow>> {
    const rows: EntityRow[] = await trx('entities')
      .whereIn('entity_ref', [...refs])
      .orderBy('entity_ref')
      .forUpdate();
    const stated: DependencyRow[] = await trx('dependencies').whereIn(
      'stated_by',
      [...refs],
    );
    const dependencies = groupBy(stated, one => one.stated_by);
    return new Map(
      rows.map(row => [
        row.entity_ref,
        {
          ...row,
          dependencies: (dependencies.get(row.entity_ref) ?? [])
            .filter(one => one.dependent_ref === row.entity_ref)
            .map(one => one.dependency_ref)
            .sort(),
        },
      ]),
    );
  }

  async #putDependencies(
    trx: Knex,
    entities: readonly ProjectedEntity[],
  ): Promise<void> {
    await trx('dependencies')
      .whereIn(
        'stated_by',
        entities.map(({ entityRef }) => entityRef),
      )
      .delete();
    const rows = entities.flatMap(({ entityRef, dependencies }) =>
      dependencies.map(({ dependentRef, dependencyRef, origin }) => ({
        dependent_ref: dependentRef,
        dependency_ref: dependencyRef,
        origin,
        stated_by: entityRef,
      })),
    );
    if (rows.length > 0) {
      await trx('dependencies').insert(rows).onConflict().ignore();
    }
  }
}

function actionOf(old: EntityRow | undefined) {
  if (!old) {
    return 'appeared';
  }
  return old.gone_at === null ? 'changed' : 'returned';
}

function toldOf(entity: ProjectedEntity): Told {
  return {
    title: entity.title ?? null,
    description: entity.description ?? null,
    type: entity.type ?? null,
    lifecycle: entity.lifecycle ?? null,
    system_ref: entity.systemRef ?? null,
    ownership: entity.ownership,
    dependencies: needsOf(entity),
  };
}

function needsOf({ entityRef, dependencies }: ProjectedEntity): string[] {
  return [...new Set(dependencies)]
    .filter((one: Dependency) => one.dependentRef === entityRef)
    .map(one => one.dependencyRef)
    .sort();
}

function hashOf({ findings: _, ...entity }: ProjectedEntity): string {
  return createHash('sha256').update(JSON.stringify(entity)).digest('base64');
}

function rowOf(entity: ProjectedEntity, at: Date) {
  const { dependencies: _, ownership, ...told } = toldOf(entity);
  return {
    entity_ref: entity.entityRef,
    kind: entity.kind,
    name: entity.name,
    ...told,
    owner: ownership.owner ?? null,
    ownership: JSON.stringify(ownership satisfies Ownership),
    annotations: JSON.stringify(entity.annotations),
    looked_at: entity.lookedAt,
    hash: hashOf(entity),
    read_at: at,
    changed_at: at,
    gone_at: null,
  };
}
