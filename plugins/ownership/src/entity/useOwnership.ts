import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { EntityOwnership } from '@slipway/plugin-ownership-common';
import { type Live, useLive } from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { onOwnership } from '../parts';

/** The reference of the entity whose page this is. */
export function useEntityRef(): string {
  return stringifyEntityRef(useEntity().entity);
}

/** Who owns an entity, and how that is known; current. */
export function useOwnership(entityRef: string): Live<EntityOwnership> {
  const ownershipApi = useApi(ownershipApiRef);
  return useLive({
    key: entityRef,
    ...onOwnership,
    query: options => ownershipApi.getEntity(entityRef, options),
  });
}
