import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type BackendFeature,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  type OwnershipCatalogEvent,
} from '@slipway/plugin-ownership-common';
import { until } from '@slipway/plugin-platform-node/testUtils';
import { ownershipPlugin } from '../plugin';
import type { ChangingCatalog } from './ChangingCatalog';
import { ownershipDatabase } from './database';

/** The header with which somebody of the catalog calls. */
export function as(name: string): { authorization: string } {
  return {
    authorization: mockCredentials.user.header(`user:default/${name}`),
  };
}

/** The plugin on a real database and server, once it knows the catalog. */
export async function startOwnership(
  databases: TestDatabases,
  catalog: ChangingCatalog,
  ...features: BackendFeature[]
) {
  const directory = await mkdtemp(path.join(tmpdir(), 'oncall-'));
  const knex = await ownershipDatabase(databases);
  const published: { event?: (event: OwnershipCatalogEvent) => Promise<void> } =
    {};
  const events = createBackendModule({
    pluginId: 'ownership',
    moduleId: 'test-events',
    register(env) {
      env.registerInit({
        deps: { service: eventsServiceRef },
        async init({ service }) {
          published.event = eventPayload =>
            service.publish({ topic: OWNERSHIP_CATALOG_TOPIC, eventPayload });
        },
      });
    },
  });
  const signals = { publish: jest.fn(async () => {}) };
  const backend = await startTestBackend({
    features: [
      ownershipPlugin,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => signals,
      }),
      events,
      mockServices.rootConfig.factory({
        data: {
          backend: { actions: { pluginSources: ['ownership'] } },
          ownership: { onCall: { directory } },
        },
      }),
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const { userEntityRef } = (
            credentials as { principal: { userEntityRef: string } }
          ).principal;
          return {
            userEntityRef,
            ownershipEntityRefs: [
              userEntityRef,
              ...catalog.teamsOf(userEntityRef),
            ],
          };
        },
      }).factory,
      catalogServiceMock.mock(catalog.service).factory,
      ...features,
    ],
  });
  await until(async () => {
    const [{ count }] = await knex('coverage_days').count();
    return Number(count) > 0;
  });
  return {
    server: backend.server,
    knex,
    /** Where rotations are read from. */
    directory,
    signals,
    /** Tells the plugin what changed. */
    tell: (event: OwnershipCatalogEvent) => published.event?.(event),
    stop: async () => {
      await backend.stop();
      await rm(directory, { recursive: true });
    },
  };
}
