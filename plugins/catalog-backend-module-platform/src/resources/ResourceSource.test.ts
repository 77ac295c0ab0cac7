import { mockServices } from '@backstage/backend-test-utils';
import { resourceEntityV1alpha1Validator } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  RESOURCE_EVENT_TOPIC,
  type Resource,
  type ResourceEvent,
} from '@slipway/plugin-platform-common';
import { buildResource } from '../__fixtures__/buildResource';
import { FakeCatalog } from '../__testUtils__/FakeCatalog';
import { FakeResources } from '../__testUtils__/FakeResources';
import { waitFor } from '../__testUtils__/waitFor';
import { PlatformEntityProvider } from '../PlatformEntityProvider';
import { ResourceSource } from './ResourceSource';

describe('ResourceSource', () => {
  const auth = mockServices.auth({ pluginId: 'catalog' });
  const logger = mockServices.logger.mock();
  const started: PlatformEntityProvider[] = [];
  let platform: FakeResources;
  let catalog: FakeCatalog;
  let events: EventsService;

  beforeEach(() => {
    platform = new FakeResources();
    catalog = new FakeCatalog();
    events = mockServices.events();
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map(provider => provider.stop()));
  });

  async function start(): Promise<void> {
    const provider = new PlatformEntityProvider({
      source: new ResourceSource({
        platform,
        auth,
        catalog: catalog.service,
        portalUrl: 'https://portal.example.com/',
      }),
      auth,
      catalog: catalog.service,
      events,
      logger,
    });
    started.push(provider);
    await provider.connect(catalog);
    await waitFor(() => catalog.mutations.length > 0);
  }

  async function announce(...ids: string[]): Promise<void> {
    for (const resourceId of ids) {
      const eventPayload: ResourceEvent = { resourceId, state: 'whatever' };
      await events.publish({ topic: RESOURCE_EVENT_TOPIC, eventPayload });
    }
  }

  async function change(resource: Resource): Promise<void> {
    const count = catalog.mutations.length;
    platform.set(resource);
    await announce(resource.id);
    await waitFor(() => catalog.mutations.length > count);
  }

  it('describes a resource to the catalog, with those who use it', async () => {
    catalog.others.set('component:default/orders', {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'orders' },
      spec: { system: 'checkout' },
    });
    platform.set(
      buildResource('orders.db', {
        class: 'small',
        service: 'orders',
        connections: [
          { service: 'orders', alias: 'db' },
          { service: 'orders', alias: 'reports' },
          { service: 'stock', alias: 'db' },
        ],
      }),
    );
    await start();
    const entity = catalog.get('resource:default/orders.db-dev');
    const url = 'https://portal.example.com/resources/id-of-orders.db';
    expect(entity).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        namespace: 'default',
        name: 'orders.db-dev',
        title: 'orders.db in dev',
        description: 'postgres (small) in dev, made for orders',
        tags: ['postgres', 'small', 'dev'],
        annotations: {
          'backstage.io/managed-by-location': `url:${url}`,
          'backstage.io/managed-by-origin-location': `url:${url}`,
          'backstage.io/view-url': url,
          'slipway.dev/resource-id': 'id-of-orders.db',
          'slipway.dev/environment': 'dev',
        },
        links: [
          { url, title: 'State, outputs and history', icon: 'dashboard' },
        ],
      },
      spec: {
        type: 'postgres',
        owner: 'group:default/payments',
        system: 'checkout',
        dependencyOf: ['component:default/orders', 'component:default/stock'],
      },
    });
    await expect(resourceEntityV1alpha1Validator.check(entity!)).resolves.toBe(
      true,
    );
  });

  it('has all that exist, and those only', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      platform.set(buildResource(name));
    }
    platform.set(buildResource('kept', { state: 'deleted' }));
    platform.set(buildResource('gone', { state: 'destroyed' }));
    await start();
    expect(catalog.refs).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map(name => `resource:default/${name}-dev`),
    );
  });

  it('follows a resource from its making to its end, and back', async () => {
    await start();
    expect(catalog.refs).toEqual([]);
    const steps = [
      ['provisioning', 1],
      ['ready', 1],
      ['destroying', 1],
      ['deleted', 0],
      ['changing', 1],
      ['destroying', 1],
      ['destroyed', 0],
    ] as const;
    for (const [state, count] of steps) {
      await change(buildResource('orders', { state }));
      expect([state, catalog.refs.length]).toEqual([state, count]);
    }
  });

  it('says why a resource failed until it no longer does', async () => {
    const failure = {
      message: 'The database server is full.',
      hint: 'Ask the platform team for room, then retry.',
    };
    platform.set(buildResource('orders', { state: 'failed', failure }));
    await start();
    const annotation = () =>
      catalog.get('resource:default/orders-dev')?.metadata.annotations?.[
        'slipway.dev/failure'
      ];
    expect(annotation()).toBe(
      'The database server is full. Ask the platform team for room, then retry.',
    );

    await change(buildResource('orders'));
    expect(annotation()).toBeUndefined();
  });

  it('takes many changes at once, and those that can be read first', async () => {
    await start();
    const names = ['a', 'b', 'c', 'd'];
    names.forEach(name => platform.set(buildResource(name)));
    platform.failing.add('id-of-b');
    await announce(...names.map(name => `id-of-${name}`), 'unheard-of');
    await waitFor(() => catalog.refs.length === 3);
    expect(catalog.refs).not.toContain('resource:default/b-dev');
    platform.failing.clear();
    await waitFor(() => catalog.refs.length === 4);
  });
});
