import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';

/** A catalog that takes every mutation at once, and remembers them. */
export class FakeCatalog implements EntityProviderConnection {
  readonly mutations: EntityProviderMutation[] = [];
  readonly #entities = new Map<string, Entity>();

  /** The catalog as other plugins ask it. */
  readonly service = catalogServiceMock.mock({
    getEntities: async () => ({ items: [...this.#entities.values()] }),
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
