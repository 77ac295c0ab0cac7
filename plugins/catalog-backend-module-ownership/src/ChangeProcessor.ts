import { createHash } from 'node:crypto';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  CatalogProcessor,
  CatalogProcessorCache,
} from '@backstage/plugin-catalog-node';
import type { ChangeTeller } from './ChangeTeller';

const KEY = 'hash';
/** After every other processor, which may change the entity. */
const PRIORITY = 1_000;

/** Notices entities that aren't as they were when they were processed the last time. */
export class ChangeProcessor implements CatalogProcessor {
  readonly #teller: Pick<ChangeTeller, 'changed'>;

  constructor(options: { teller: Pick<ChangeTeller, 'changed'> }) {
    this.#teller = options.teller;
  }

  getProcessorName(): string {
    return 'ownership-changes';
  }

  getPriority(): number {
    return PRIORITY;
  }

  async postProcessEntity(
    entity: Entity,
    _location: unknown,
    _emit: unknown,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    const hash = createHash('sha256')
      .update(JSON.stringify(entity))
      .digest('base64');
    if ((await cache.get(KEY)) !== hash) {
      this.#teller.changed(stringifyEntityRef(entity));
    }
    // Set every time: what isn't set while an entity is processed is forgotten.
    await cache.set(KEY, hash);
    return entity;
  }
}
