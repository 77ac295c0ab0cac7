import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';

/** A catalog of the entities in `faults.entities`: the people and teams that ask for runs and approve them. */
export const catalogServiceFactory = createServiceFactory({
  service: catalogServiceRef,
  deps: { config: coreServices.rootConfig },
  factory: ({ config }) =>
    new InMemoryCatalogClient({
      entities: config.get<Entity[]>('faults.entities'),
    }),
});
