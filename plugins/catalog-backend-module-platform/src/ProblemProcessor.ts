import { ENTITY_STATUS_CATALOG_PROCESSING_TYPE } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import {
  INGESTION_PROBLEM_ANNOTATION,
  RESOURCE_FAILED,
} from '@slipway/plugin-platform-common';
import { FAILURE_ANNOTATION } from './resources/toResourceEntity';

/** By the annotation that has the message: what the error is called. */
const ERRORS: Record<string, string> = {
  [FAILURE_ANNOTATION]: RESOURCE_FAILED,
  [INGESTION_PROBLEM_ANNOTATION]: 'InputError',
};

/**
 * Shows on an entity why it failed, or isn't as its file says. What a provider says of an entity's status is refused by the catalog, so it comes as an
 * annotation; and of the types of status, the catalog's pages show those of its own errors only.
 */
export class ProblemProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'platform-problems';
  }

  async postProcessEntity(entity: Entity): Promise<Entity> {
    const items = Object.entries(ERRORS).flatMap(([annotation, name]) => {
      const message = entity.metadata.annotations?.[annotation];
      return message === undefined
        ? []
        : [
            {
              type: ENTITY_STATUS_CATALOG_PROCESSING_TYPE,
              level: 'error' as const,
              message,
              error: { name, message },
            },
          ];
    });
    const shown: AlphaEntity = { ...entity, status: { items } };
    return items.length === 0 ? entity : shown;
  }
}
