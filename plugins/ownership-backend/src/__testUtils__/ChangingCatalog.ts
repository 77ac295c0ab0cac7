import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** A catalog whose entities come and go; relations are made from their specs, as the catalog does. */
export class ChangingCatalog {
  readonly #entities = new Map<string, Entity>();

  /** What answers as the catalog. */
  readonly service: Pick<
    CatalogService,
    'getEntitiesByRefs' | 'queryEntities' | 'streamEntities'
  > = {
    getEntitiesByRefs: (...args) => this.#now().getEntitiesByRefs(...args),
    queryEntities: (...args) => this.#now().queryEntities(...args),
    streamEntities: (...args) => this.#now().streamEntities(...args),
  };

  constructor(entities: readonly Entity[] = []) {
    this.put(...entities);
  }

  /** Adds entities, or changes those that are there. */
  put(...entities: Entity[]): void {
    entities.forEach(entity =>
      this.#entities.set(stringifyEntityRef(entity), entity),
    );
  }

  remove(...refs: string[]): void {
    refs.forEach(ref => this.#entities.delete(ref));
  }

  /** The references of the groups that a person is in. */
  teamsOf(userRef: string): string[] {
    return listOf(this.#entities.get(userRef)?.spec?.memberOf).map(
      name => `group:default/${name}`,
    );
  }

  #now() {
    return catalogServiceMock({ entities: this.#related() });
  }

  #related(): Entity[] {
    const all = [...this.#entities.values()];
    return all.map(entity => ({
      ...entity,
      relations: [
        ...relate(entity, 'providesApis', 'providesApi', 'api'),
        ...relate(entity, 'consumesApis', 'consumesApi', 'api'),
        ...relate(entity, 'system', 'partOf', 'system'),
        ...relate(entity, 'parent', 'childOf', 'group'),
        ...all
          .filter(
            user =>
              entity.kind === 'Group' &&
              listOf(user.spec?.memberOf).includes(entity.metadata.name),
          )
          .map(user => ({
            type: 'hasMember',
            targetRef: stringifyEntityRef(user),
          })),
      ],
    }));
  }
}

function relate(entity: Entity, field: string, type: string, kind: string) {
  return listOf(entity.spec?.[field]).map(name => ({
    type,
    targetRef: `${kind}:default/${name}`,
  }));
}

function listOf(value: unknown): string[] {
  return [value].flat().filter(one => typeof one === 'string');
}
