import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DatabaseDocumentStore } from '@backstage/plugin-search-backend-module-pg';
import { OWNERSHIP_CATALOG_TOPIC } from '@slipway/plugin-ownership-common';
import { until } from '@slipway/plugin-platform-node/testUtils';
import type { Knex } from 'knex';
import { ChangeFollower } from './ChangeFollower';
import { documentsOf } from './documentsOf';
import { EntityDocuments } from './EntityDocuments';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

function component(name: string, description: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', description },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
  };
}

describe('what changed in the catalog', () => {
  let knex: Knex;
  let entities: Map<string, Entity>;
  let index: (refs: readonly string[]) => Promise<void>;

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
    const store = await DatabaseDocumentStore.create(
      mockServices.database.mock({ getClient: async () => knex }),
    );
    const documents = new EntityDocuments({ knex, store });
    entities = new Map();
    index = async refs =>
      documents.replace(
        refs,
        await documentsOf(refs, {
          auth: mockServices.auth({ pluginId: 'search' }),
          catalog: catalogServiceMock({ entities: [...entities.values()] }),
        }),
      );
  });

  const put = (entity: Entity) =>
    entities.set(stringifyEntityRef(entity), entity);

  const texts = async (words: string): Promise<string[]> =>
    (
      await knex('documents')
        .whereRaw("body @@ to_tsquery('english', ?)", [words])
        .select('document')
    ).map(({ document }) => document.text);

  it('is found as it is now, and what is gone is not', async () => {
    put(component('orders', 'Takes baskets'));
    put(component('cart', 'Keeps baskets'));
    const refs = [...entities.keys()];
    await index(refs);
    await index(refs);
    expect((await texts('baskets')).toSorted()).toEqual([
      'Keeps baskets',
      'Takes baskets',
    ]);
    put(component('orders', 'Takes crates'));
    entities.delete('component:default/cart');
    await index(['component:default/orders']);
    expect(await texts('crates')).toEqual(['Takes crates']);
    expect(await texts('baskets')).toEqual(['Keeps baskets']);
    await index(['component:default/cart']);
    expect(await texts('baskets')).toEqual([]);
    expect(await knex('documents').first('document')).toMatchObject({
      document: {
        title: 'orders',
        owner: 'payments',
        location: '/catalog/default/component/orders',
        authorization: { resourceRef: 'component:default/orders' },
      },
    });
  });

  it('is looked at again where the catalog serves it later, and after a failure', async () => {
    const events = mockServices.events();
    const logger = mockServices.logger.mock();
    const looks: string[][] = [];
    const follower = new ChangeFollower({
      logger,
      index: async refs => {
        looks.push(refs);
        if (looks.length === 1) {
          throw new Error('The catalog is not up yet.');
        }
        await index(refs);
      },
    });
    await follower.follow(events);
    await events.publish({
      topic: OWNERSHIP_CATALOG_TOPIC,
      eventPayload: { entityRefs: ['component:default/orders'] },
    });
    await until(async () => looks.length === 1);
    put(component('orders', 'Takes baskets'));
    await until(async () => (await texts('baskets')).length === 1);
    expect(looks.length).toBeLessThan(4);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    await follower.stop();
  });

  it('waits for the whole run where it is a whole company', async () => {
    jest.useFakeTimers();
    const events = mockServices.events();
    const looked: string[] = [];
    const follower = new ChangeFollower({
      logger: mockServices.logger.mock(),
      index: async refs => void looked.push(...refs),
    });
    await follower.follow(events);
    for (let batch = 0; batch < 4; batch += 1) {
      await events.publish({
        topic: OWNERSHIP_CATALOG_TOPIC,
        eventPayload: {
          entityRefs: Array.from(
            { length: 200 },
            (_, one) => `component:default/${batch}-${one}`,
          ),
        },
      });
    }
    await jest.advanceTimersByTimeAsync(300);
    expect(new Set(looked).size).toBe(400);
    await follower.stop();
    jest.useRealTimers();
  });
});
