import { ENTITY_STATUS_CATALOG_PROCESSING_TYPE } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { OwnershipProblem } from '@slipway/plugin-ownership-common';
import { RESOURCE_FAILED } from '@slipway/plugin-platform-common';

/** Why the catalog doesn't have an entity as its file says. */
export function ingestionProblems(entity: Entity): OwnershipProblem[] {
  const { status }: AlphaEntity = entity;
  const messages = (status?.items ?? [])
    .filter(
      ({ type, level, error }) =>
        type === ENTITY_STATUS_CATALOG_PROCESSING_TYPE &&
        level === 'error' &&
        error?.name !== RESOURCE_FAILED,
    )
    .map(({ message }) => message);
  return [...new Set(messages)].map(message => ({
    code: 'ingestion',
    message,
  }));
}
