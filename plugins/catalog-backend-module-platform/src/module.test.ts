import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  RESOURCE_EVENT_TOPIC,
  type Resource,
} from '@slipway/plugin-platform-common';
import { buildResource } from './__fixtures__/buildResource';
import { FakeResources } from './__testUtils__/FakeResources';
import { waitFor } from './__testUtils__/waitFor';
import { catalogModulePlatform } from './module';

jest.setTimeout(120_000);

const ROUNDS = 8;
/**
 * The catalog looks for work once a second, which can't be changed, and for what to serve as often as `stitchingStrategy` says:
 * 100 ms here and in `app-config.yaml`. The rest is for a busy machine.
 */
const LIMIT_MS = 1_100 + 1_500;

describe('catalogModulePlatform', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const resources = new FakeResources();
  const events = mockServices.events();
  let backend: { server: { address(): unknown }; stop(): Promise<void> };
  let url: string;

  /** Answers as the platform does, over HTTP. */
  const platform = createBackendPlugin({
    pluginId: 'platform',
    register(registration) {
      registration.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          http.use(async (request, response) => {
            const id = request.path.split('/')[2];
            if (request.path === '/repositories') {
              response.json({ items: [] });
            } else if (request.path === '/resources') {
              response.json(await resources.listResources({}));
            } else {
              response.json(await resources.getResource(id));
            }
          });
        },
      });
    },
  });

  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    const started = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModulePlatform,
        platform,
        // One for all plugins, as in a backend.
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => events,
        }),
        mockServices.database.mock({ getClient: async () => knex }).factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'https://portal.example.com' },
            catalog: {
              stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
            },
          },
        }),
      ],
    });
    backend = started;
    url = `http://localhost:${started.server.port()}/api/catalog/entities/by-name`;
  });

  afterAll(() => backend.stop());

  async function serve(name: string) {
    const response = await fetch(`${url}/resource/default/${name}`, {
      headers: { authorization: mockCredentials.service.header() },
    });
    return response.ok ? response.json() : undefined;
  }

  async function change(resource: Resource): Promise<void> {
    resources.set(resource);
    await events.publish({
      topic: RESOURCE_EVENT_TOPIC,
      eventPayload: { resourceId: resource.id, state: resource.state },
    });
  }

  async function timeUntil(condition: () => Promise<boolean>): Promise<number> {
    const start = performance.now();
    await waitFor(condition);
    return Math.round(performance.now() - start);
  }

  it('serves a resource soon after it appeared, says why it failed, and forgets it at once', async () => {
    const appeared: number[] = [];
    const gone: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `orders-${round}`;
      const resource = buildResource(name, {
        connections: [{ service: 'orders', alias: 'db' }],
      });
      const ref = `${name}-dev`;
      await change(resource);
      appeared.push(await timeUntil(async () => !!(await serve(ref))));
      expect((await serve(ref)).relations).toContainEqual({
        type: 'dependencyOf',
        targetRef: 'component:default/orders',
      });
      await change({
        ...resource,
        state: 'failed',
        failure: { message: 'The server is full.' },
      });
      await waitFor(
        async () =>
          (await serve(ref)).status?.items[0].message === 'The server is full.',
      );
      await change({ ...resource, state: 'destroyed' });
      gone.push(await timeUntil(async () => !(await serve(ref))));
    }
    expect(Math.max(...appeared)).toBeLessThan(LIMIT_MS);
    expect(Math.max(...gone)).toBeLessThan(LIMIT_MS);
  });
});
