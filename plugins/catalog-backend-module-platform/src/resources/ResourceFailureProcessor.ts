import { ENTITY_STATUS_CATALOG_PROCESSING_TYPE } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import { FAILURE_ANNOTATION } from './toResourceEntity';

/**
 * Shows on a resource why it failed. What a provider says of an entity's status is refused by the catalog, so it comes as an
 * annotation; and of the types of status, the catalog's pages show those of its own errors only.
 */
export class ResourceFailureProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'platform-resource-failures';
  }

  async postProcessEntity(entity: Entity): Promise<Entity> {
    const message = entity.metadata.annotations?.[FAILURE_ANNOTATION];
    if (entity.kind !== 'Resource' || message === undefined) {
      return entity;
    }
    const shown: AlphaEntity = {
      ...entity,
      status: {
        items: [
          {
            type: ENTITY_STATUS_CATALOG_PROCESSING_TYPE,
            level: 'error',
            message,
            error: { name: 'ResourceFailed', message },
          },
        ],
      },
    };
    return shown;
  }
}
