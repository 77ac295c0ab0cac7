import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { PendingEntity } from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';

/** An entity that an import writes. */
export interface WrittenEntity {
  entity_ref: string;
  entity: Entity;
  hash: string;
}

interface PendingRow {
  entity_ref: string;
  version: number;
  removed: boolean;
  entity: Entity;
}

/** What imports made, and whether the catalog has it. */
export class ImportedEntityStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Of these entities, those that imports made, with the hash of what they are, and those that come from elsewhere. */
  async known(
    refs: readonly string[],
  ): Promise<Map<string, { hash: string } | 'elsewhere'>> {
    const rows: Array<{ entity_ref: string; hash: string | null }> =
      await this.#knex
        .with('wanted', query =>
          query.select(
            this.#knex.raw('unnest(?::text[]) AS entity_ref', [[...refs]]),
          ),
        )
        .from('wanted as w')
        .leftJoin('imported_entities as i', join =>
          join.on('i.entity_ref', 'w.entity_ref').andOnVal('i.removed', false),
        )
        .leftJoin('entities as e', join =>
          join.on('e.entity_ref', 'w.entity_ref').andOnNull('e.gone_at'),
        )
        .where(query =>
          query.whereNotNull('i.entity_ref').orWhereNotNull('e.entity_ref'),
        )
        .select('w.entity_ref', 'i.hash');
    return new Map(
      rows.map(({ entity_ref: ref, hash }) => [
        ref,
        hash === null ? 'elsewhere' : { hash },
      ]),
    );
  }

  /** @param location - where people find the import */
  async write(
    trx: Knex,
    importId: string,
    rows: readonly WrittenEntity[],
    location: string,
  ): Promise<void> {
    await trx('imported_entities')
      .insert(
        rows.map(({ entity_ref, entity, hash }) => ({
          entity_ref,
          entity: JSON.stringify(locatedAt(entity, location)),
          hash,
          made_by: importId,
        })),
      )
      .onConflict('entity_ref')
      .merge({
        entity: trx.raw('excluded.entity'),
        hash: trx.raw('excluded.hash'),
        // What was removed and comes back is the new import's.
        made_by: trx.raw(
          'CASE WHEN imported_entities.removed THEN excluded.made_by ELSE imported_entities.made_by END',
        ),
        removed: false,
        version: trx.raw('imported_entities.version + 1'),
      });
  }

  /** Has everything removed that came with an import. */
  async remove(trx: Knex, importId: string): Promise<void> {
    await trx('imported_entities')
      .where({ made_by: importId, removed: false })
      .update({ removed: true, version: trx.raw('version + 1') });
  }

  /** What the catalog doesn't have as it is. */
  async pending(limit: number): Promise<PendingEntity[]> {
    const rows: PendingRow[] = await this.#knex('imported_entities')
      .whereRaw('version > provided_version')
      .orderBy('entity_ref')
      .limit(limit);
    return rows.map(({ entity_ref: entityRef, version, removed, entity }) => ({
      entityRef,
      version,
      ...(!removed && { entity }),
    }));
  }

  /** The catalog has these; what changed meanwhile stays pending. */
  async provided(
    items: ReadonlyArray<Pick<PendingEntity, 'entityRef' | 'version'>>,
  ): Promise<void> {
    await this.#knex.raw(
      `WITH p AS (
         SELECT unnest(?::text[]) AS entity_ref, unnest(?::int[]) AS version
       ), gone AS (
         DELETE FROM imported_entities i USING p
         WHERE i.entity_ref = p.entity_ref AND i.version = p.version AND i.removed
       )
       UPDATE imported_entities i SET provided_version = p.version FROM p
       WHERE i.entity_ref = p.entity_ref AND i.provided_version < p.version
         AND NOT (i.removed AND i.version = p.version)`,
      [
        items.map(({ entityRef }) => entityRef),
        items.map(({ version }) => version),
      ],
    );
  }
}

function locatedAt(entity: Entity, location: string): Entity {
  const { metadata } = entity;
  return {
    ...entity,
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_LOCATION]: `url:${location}`,
        [ANNOTATION_ORIGIN_LOCATION]: `url:${location}`,
      },
    },
  };
}
