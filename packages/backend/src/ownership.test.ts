import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import catalogModuleOwnership from '@slipway/plugin-catalog-backend-module-ownership';
import ownershipPlugin from '@slipway/plugin-ownership-backend';
import { OwnershipClient } from '@slipway/plugin-ownership-common';
import { RESOURCE_EVENT_TOPIC } from '@slipway/plugin-platform-common';
import { until } from '@slipway/plugin-platform-node/testUtils';
import type { Knex } from 'knex';

jest.setTimeout(120_000);

/** Two seconds, and as much again for a machine that is busy. */
const LIMIT_MS = 4_000;

describe('the catalog and ownership', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const events = mockServices.events();
  let connection: EntityProviderConnection | undefined;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let ownership: OwnershipClient;

  const provider = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-provider',
    register(registration) {
      registration.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        async init({ processing }) {
          processing.addEntityProvider({
            getProviderName: () => 'test',
            connect: async one => {
              connection = one;
            },
          });
        },
      });
    },
  });

  beforeAll(async () => {
    const knexes: Record<string, Knex> = {
      catalog: await databases.init('POSTGRES_18'),
      ownership: await databases.init('POSTGRES_18'),
    };
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleOwnership,
        provider,
        ownershipPlugin,
        // One for all plugins, as in a backend.
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => events,
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: { plugin: coreServices.pluginMetadata },
          factory: ({ plugin }) => ({
            getClient: async () => knexes[plugin.getId()],
          }),
        }),
        mockServices.rootConfig.factory({
          data: {
            catalog: {
              stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
            },
          },
        }),
      ],
    });
    const url = `http://localhost:${backend.server.port()}/api/ownership`;
    ownership = new OwnershipClient({
      discoveryApi: { getBaseUrl: async () => url },
    });
  });

  afterAll(() => backend.stop());

  const token = mockCredentials.service.token();
  const put = (...entities: Entity[]) =>
    connection?.applyMutation({
      type: 'delta',
      added: entities.map(one => ({ entity: one, locationKey: 'test' })),
      removed: [],
    });
  const names = async (owner?: string) => {
    const { items } = await ownership.listEntities({ owner }, { token });
    return items.map(({ name }) => name);
  };
  const timeUntil = async (condition: () => Promise<boolean>) => {
    const start = performance.now();
    await until(condition);
    return performance.now() - start;
  };

  it('brings what comes, changes and goes into the projection within moments', async () => {
    await put(
      entity('Group', 'payments', { type: 'team', children: [] }),
      entity('User', 'mara', { memberOf: ['payments'] }),
    );
    const orders = (owner: string) =>
      entity('Component', 'orders', {
        type: 'service',
        lifecycle: 'production',
        owner,
      });
    await until(
      async () => (await ownership.listTeams(undefined, { token })).length > 0,
    );
    await put(orders('nobody'));
    const appeared = await timeUntil(async () => (await names()).length === 1);
    await put(orders('payments'));
    const changed = await timeUntil(
      async () => (await names('payments')).length === 1,
    );
    await connection?.applyMutation({
      type: 'delta',
      added: [],
      removed: [{ entityRef: 'component:default/orders' }],
    });
    // As the platform tells of a resource that is gone.
    await events.publish({ topic: RESOURCE_EVENT_TOPIC, eventPayload: {} });
    const gone = await timeUntil(async () => (await names()).length === 0);
    const { items } = await ownership.getHistory(
      'component:default/orders',
      {},
      { token },
    );
    expect(items.map(({ action }) => action)).toEqual([
      'gone',
      'changed',
      'appeared',
    ]);
    expect(Math.max(appeared, changed, gone)).toBeLessThan(LIMIT_MS);
  });
});

function entity(kind: string, name: string, spec: Entity['spec']): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': 'url:https://example.com/x',
        'backstage.io/managed-by-origin-location': 'url:https://example.com/x',
      },
    },
    spec,
  };
}
