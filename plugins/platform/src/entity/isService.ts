import type { Entity } from '@backstage/catalog-model';
import {
  isServiceType,
  REPOSITORY_ANNOTATION,
  SERVICE_ANNOTATION,
} from '@slipway/plugin-platform-common';

/** Whether an entity is a service that the platform builds and runs. */
export function isService(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    isServiceType(entity.spec?.type) &&
    (SERVICE_ANNOTATION in annotations || REPOSITORY_ANNOTATION in annotations)
  );
}

/** The name by which the platform knows the service that an entity stands for. */
export function serviceNameOf(entity: Entity): string {
  const annotations = entity.metadata.annotations ?? {};
  return (
    annotations[SERVICE_ANNOTATION] ??
    annotations[REPOSITORY_ANNOTATION] ??
    entity.metadata.name
  );
}
