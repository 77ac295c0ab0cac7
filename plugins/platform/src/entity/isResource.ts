import type { Entity } from '@backstage/catalog-model';
import { RESOURCE_ANNOTATION } from '@slipway/plugin-platform-common';

/** Whether an entity stands for a resource that the platform made. */
export function isResource(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    resourceIdOf(entity) !== undefined
  );
}

/** The id of the resource that an entity stands for. */
export function resourceIdOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[RESOURCE_ANNOTATION];
}
