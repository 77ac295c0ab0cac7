import type { AuthService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { defaultCatalogCollatorEntityTransformer } from '@backstage/plugin-search-backend-module-catalog';
import type { IndexableDocument } from '@backstage/plugin-search-common';

/**
 * What the search knows of these entities, exactly as the catalog's collator tells it, so that its next run finds nothing to change; those that
 * are gone are left out.
 */
export async function documentsOf(
  entityRefs: readonly string[],
  {
    auth,
    catalog,
  }: {
    auth: AuthService;
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  },
): Promise<IndexableDocument[]> {
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: [...entityRefs] },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  return items.flatMap(item => (item ? [documentOf(item)] : []));
}

function documentOf(entity: Entity): IndexableDocument {
  const { kind, metadata } = entity;
  const path = [metadata.namespace ?? 'default', kind, metadata.name]
    .map(encodeURIComponent)
    .join('/');
  return {
    ...defaultCatalogCollatorEntityTransformer(entity),
    authorization: { resourceRef: stringifyEntityRef(entity) },
    location: `/catalog/${path}`.toLocaleLowerCase('en-US'),
  };
}
