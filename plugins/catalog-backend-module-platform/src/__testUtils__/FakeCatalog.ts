import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';

/** A catalog that takes every mutation at once, and remembers them. */
export class FakeCatalog implements EntityProviderConnection {
  readonly mutations: EntityProviderMutation[] = [];
  /** What it has from elsewhere, by reference. */
  readonly others = new Map<string, Entity>();
  readonly #entities = new Map<string, Entity>();

  /** The catalog as other plugins ask it. */
  readonly service = catalogServiceMock.mock({
    getEntities: async request => ({
      items: [...this.#entities.values()].filter(entityFilter(request?.filter)),
    }),
    getEntitiesByRefs: async ({ entityRefs }) => ({
      items: entityRefs.map(ref => this.others.get(ref)),
    }),
  });

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    this.mutations.push(mutation);
    if (mutation.type === 'full') {
      this.#entities.clear();
    } else {
      for (const removed of mutation.removed) {
        this.#entities.delete(
          'entityRef' in removed
            ? removed.entityRef
            : stringifyEntityRef(removed.entity),
        );
      }
    }
    const added = mutation.type === 'full' ? mutation.entities : mutation.added;
    for (const { entity } of added) {
      this.#entities.set(stringifyEntityRef(entity), entity);
    }
  }

  async refresh(): Promise<void> {}

  get refs(): string[] {
    return [...this.#entities.keys()].sort();
  }

  get(ref: string): Entity | undefined {
    return this.#entities.get(ref);
  }
}

/** Finds by annotations, as the catalog does. */
function entityFilter(filter: unknown): (entity: Entity) => boolean {
  const wanted = Object.entries((filter ?? {}) as Record<string, string[]>);
  return ({ metadata }) =>
    wanted.every(([key, values]) =>
      values.includes(
        metadata.annotations?.[key.replace('metadata.annotations.', '')] ?? '',
      ),
    );
}
