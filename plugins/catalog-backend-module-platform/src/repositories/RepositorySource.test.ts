import { mockServices } from '@backstage/backend-test-utils';
import { OWNERSHIP_CATALOG_TOPIC } from '@slipway/plugin-ownership-common';
import {
  INGESTION_PROBLEM_ANNOTATION,
  REPOSITORY_EVENT_TOPIC,
  type RepositoryEvent,
} from '@slipway/plugin-platform-common';
import type { EventsService } from '@backstage/plugin-events-node';
import { FakeCatalog } from '../__testUtils__/FakeCatalog';
import { FakeRepositories } from '../__testUtils__/FakeRepositories';
import { waitFor } from '../__testUtils__/waitFor';
import { PlatformEntityProvider } from '../PlatformEntityProvider';
import { RepositorySource } from './RepositorySource';

const COMPONENT = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    example.com/kept: 'yes'
    slipway.dev/service: other
spec:
  type: service
  lifecycle: production
`;

function api(name: string, more = ''): string {
  return `---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: ${name}
spec:
  type: openapi
  owner: group:default/checkout
  definition:
    $text: ./openapi.yaml
${more}`;
}

describe('RepositorySource', () => {
  let platform: FakeRepositories;
  let catalog: FakeCatalog;
  const started: PlatformEntityProvider[] = [];
  let events: EventsService;
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    events = mockServices.events();
    platform = new FakeRepositories();
    catalog = new FakeCatalog();
    logger.warn.mockClear();
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map(provider => provider.stop()));
  });

  async function start(): Promise<PlatformEntityProvider> {
    const provider = new PlatformEntityProvider({
      source: new RepositorySource({ platform, logger }),
      catalog: catalog.service,
      events,
      logger,
      auth: mockServices.auth({ pluginId: 'catalog' }),
    });
    started.push(provider);
    await provider.connect(catalog);
    return provider;
  }

  async function announce(
    repository: string,
    action: RepositoryEvent['action'],
  ): Promise<void> {
    const count = catalog.mutations.length;
    const eventPayload: RepositoryEvent = { repository, action };
    await events.publish({ topic: REPOSITORY_EVENT_TOPIC, eventPayload });
    await waitFor(() => catalog.mutations.length > count);
  }

  const problemOfShop = () =>
    catalog.get('component:default/shop')?.metadata.annotations?.[
      INGESTION_PROBLEM_ANNOTATION
    ];

  function warnings(): string {
    return logger.warn.mock.calls.map(([text]) => text).join('\n');
  }

  it('provides what is there once the platform can be reached', async () => {
    platform.commit('shop', {
      'catalog-info.yaml': `${COMPONENT}${api('shop-api')}`,
      'openapi.yaml': 'openapi: 3.1.0\n',
    });
    platform.commit('empty', { 'README.md': '' });
    platform.isDown = true;
    await start();
    await waitFor(() => platform.calls > 1);
    expect(catalog.mutations).toEqual([]);
    platform.isDown = false;
    await waitFor(() => catalog.mutations.length > 0);

    expect(catalog.mutations.map(({ type }) => type)).toEqual(['full']);
    expect(catalog.refs).toEqual([
      'api:default/shop-api',
      'component:default/shop',
    ]);
    const from = {
      'backstage.io/managed-by-location':
        'url:http://portal.example.com/repositories/shop',
      'backstage.io/managed-by-origin-location':
        'url:http://portal.example.com/repositories/shop',
      'backstage.io/source-location':
        'url:http://portal.example.com/repositories/shop',
      'backstage.io/view-url': 'http://portal.example.com/repositories/shop',
      'slipway.dev/repository': 'shop',
    };
    expect(catalog.get('component:default/shop')).toMatchObject({
      metadata: {
        annotations: {
          ...from,
          'example.com/kept': 'yes',
          'slipway.dev/service': 'shop',
        },
      },
      spec: { owner: 'group:default/payments' },
    });
    expect(catalog.get('api:default/shop-api')).toMatchObject({
      metadata: { annotations: from },
      spec: {
        owner: 'group:default/checkout',
        definition: 'openapi: 3.1.0\n',
      },
    });
  });

  it.each([
    ['service', 'shop'],
    ['website', 'shop'],
    ['library', undefined],
  ])('knows whether a %s is built and run', async (type, service) => {
    platform.commit('shop', {
      'catalog-info.yaml': COMPONENT.replace('type: service', `type: ${type}`),
    });
    await start();
    await waitFor(() => catalog.mutations.length > 0);

    const { metadata } = catalog.get('component:default/shop') ?? {};
    expect(metadata?.annotations?.['slipway.dev/service']).toBe(service);
  });

  it('follows creations, pushes and deletions', async () => {
    await start();
    await waitFor(() => catalog.mutations.length > 0);

    platform.commit('shop', {
      'catalog-info.yaml': `${COMPONENT}${api('shop-api')}`,
    });
    await announce('shop', 'created');
    expect(catalog.refs).toEqual([
      'api:default/shop-api',
      'component:default/shop',
    ]);
    expect(warnings()).toContain(
      'API shop-api names the file "./openapi.yaml", which can\'t be read as text.',
    );

    platform.commit('shop', { 'catalog-info.yaml': COMPONENT });
    await announce('shop', 'pushed');
    expect(catalog.refs).toEqual(['component:default/shop']);
    await announce('shop', 'pushed');
    expect(catalog.refs).toEqual(['component:default/shop']);

    const told: unknown[] = [];
    await events.subscribe({
      id: 'test',
      topics: [OWNERSHIP_CATALOG_TOPIC],
      onEvent: async ({ eventPayload }) => {
        told.push(eventPayload);
      },
    });
    platform.delete('shop');
    await announce('shop', 'deleted');
    expect(catalog.refs).toEqual([]);
    await waitFor(() => told.length > 0);
    expect(told).toEqual([{ entityRefs: ['component:default/shop'] }]);
  });

  it('removes what another backend provided', async () => {
    platform.commit('shop', {
      'catalog-info.yaml': `${COMPONENT}${api('shop-api')}`,
    });
    const first = await start();
    await waitFor(() => catalog.refs.length === 2);
    await first.stop();
    platform.isDown = true;
    await start();
    platform.commit('shop', { 'catalog-info.yaml': COMPONENT });
    platform.isDown = false;
    await announce('shop', 'pushed');
    await waitFor(() => catalog.refs.length === 1);
    expect(catalog.refs).toEqual(['component:default/shop']);
  });

  it('keeps the last good state of a broken file, also after a restart', async () => {
    platform.commit('shop', { 'catalog-info.yaml': COMPONENT });
    const first = await start();
    await waitFor(() => catalog.refs.length === 1);

    platform.commit('shop', {
      'catalog-info.yaml': 'apiVersion: v1\nkind: Component\n  oops: [\n',
    });
    await events.publish({
      topic: REPOSITORY_EVENT_TOPIC,
      eventPayload: { repository: 'shop', action: 'pushed' },
    });
    await waitFor(() => problemOfShop() !== undefined);
    const problem =
      /^catalog-info\.yaml of the repository shop can't be read, so the catalog keeps what it has: line [23]: /;
    expect(warnings()).toMatch(problem);
    expect(problemOfShop()).toMatch(problem);
    expect(catalog.refs).toEqual(['component:default/shop']);
    await first.stop();

    const count = catalog.mutations.length;
    platform.commit('shop', {
      'catalog-info.yaml': `${COMPONENT}\n---\nkind: API\n`,
    });
    await start();
    await waitFor(() => catalog.mutations.length > count);
    expect(catalog.mutations.at(-1)?.type).toBe('full');
    expect(catalog.refs).toEqual(['component:default/shop']);
    expect(warnings()).toContain(
      'line 14: an entity needs apiVersion, kind and metadata.name, each a text.',
    );
    platform.commit('shop', { 'catalog-info.yaml': COMPONENT });
    await announce('shop', 'pushed');
    expect(problemOfShop()).toBeUndefined();
  });

  it("refuses what is not the repository's to declare", async () => {
    platform.commit('orders', { 'README.md': '' });
    platform.commit('shop', {
      'catalog-info.yaml': [
        COMPONENT,
        COMPONENT.replace('name: shop', 'name: orders'),
        COMPONENT.replace('kind: Component', 'kind: Group'),
        COMPONENT,
      ].join('---'),
    });
    const provider = await start();
    await waitFor(() => catalog.mutations.length > 0);
    const expectRefused = () => {
      expect(catalog.refs).toEqual(['component:default/shop']);
      expect(warnings()).toContain(
        'Component orders is left out, because the name belongs to another repository. Choose another one, for example "shop-component".',
      );
      expect(warnings()).toContain(
        'Group shop is left out, because a repository declares Component, API, Resource and nothing else.',
      );
      expect(warnings()).toContain(
        'Component shop is declared twice; the first one counts.',
      );
      expect(problemOfShop()).toContain('Component orders is left out');
    };
    expectRefused();
    logger.warn.mockClear();
    await announce('shop', 'pushed');
    expectRefused();
    await provider.refreshAll();
    expectRefused();
  });

  it("takes nothing away while some repositories can't be read", async () => {
    platform.commit('shop', { 'catalog-info.yaml': COMPONENT });
    platform.commit('orders', {
      'catalog-info.yaml': COMPONENT.replace('name: shop', 'name: orders'),
    });
    const provider = await start();
    await waitFor(() => catalog.refs.length === 2);

    platform.failing.add('shop');
    platform.commit('stock', {
      'catalog-info.yaml': COMPONENT.replace('name: shop', 'name: stock'),
    });
    const refreshed = provider.refreshAll();
    await waitFor(() => catalog.refs.length === 3);
    expect(warnings()).toContain('tries again');
    platform.failing.clear();
    await refreshed;
    expect(catalog.mutations.at(-1)?.type).toBe('full');
    expect(catalog.refs).toHaveLength(3);
  });
});
