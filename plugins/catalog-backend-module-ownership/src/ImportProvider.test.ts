import { mockServices } from '@backstage/backend-test-utils';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  OWNERSHIP_IMPORTS_TOPIC,
  type PendingEntity,
} from '@slipway/plugin-ownership-common';
import { ImportProvider } from './ImportProvider';

function pendingEntity(name: string): PendingEntity {
  return {
    entityRef: `component:default/${name}`,
    version: 1,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name },
    },
  };
}

async function start(pending: PendingEntity[]) {
  const mutations: EntityProviderMutation[] = [];
  const told: unknown[] = [];
  const events = mockServices.events();
  await events.subscribe({
    id: 'test',
    topics: [OWNERSHIP_CATALOG_TOPIC],
    onEvent: async ({ eventPayload }) => {
      told.push(eventPayload);
    },
  });
  let failures = 0;
  const provider = new ImportProvider({
    auth: mockServices.auth({ pluginId: 'catalog' }),
    events,
    logger: mockServices.logger.mock(),
    ownership: {
      listPendingEntities: async limit => pending.slice(0, limit),
      async confirmProvided(items) {
        if (failures > 0) {
          failures -= 1;
          throw new Error('The other backend died.');
        }
        const refs = items.map(({ entityRef }) => entityRef);
        const left = pending.filter(one => !refs.includes(one.entityRef));
        pending.splice(0, pending.length, ...left);
      },
    },
  });
  await provider.connect({
    applyMutation: async mutation => void mutations.push(mutation),
    refresh: async () => {},
  });
  return {
    provider,
    events,
    mutations,
    told,
    failNext: () => {
      failures = 1;
    },
  };
}

describe('what imports made', () => {
  it('is given to the catalog, many at a time, until nothing is pending', async () => {
    const pending = Array.from({ length: 1_001 }, (_, index) =>
      pendingEntity(`s-${index}`),
    );
    const { provider, mutations } = await start(pending);
    await Promise.all([provider.provide(), provider.provide()]);
    expect(
      mutations.map(one => one.type === 'delta' && one.added.length),
    ).toEqual([500, 500, 1]);
    expect(pending).toEqual([]);
  });

  it('is taken from it, and the others are told', async () => {
    const { events, mutations, provider, told } = await start([
      { entityRef: 'component:default/gone', version: 2 },
      pendingEntity('stays'),
    ]);
    await events.publish({ topic: OWNERSHIP_IMPORTS_TOPIC, eventPayload: {} });
    await provider.provide();
    expect(mutations).toMatchObject([
      {
        type: 'delta',
        added: [{ locationKey: 'ownership-imports' }],
        removed: [{ entityRef: 'component:default/gone' }],
      },
    ]);
    expect(told).toEqual([{ entityRefs: ['component:default/gone'] }]);
  });

  it('is given again where nobody could confirm it', async () => {
    const { failNext, mutations, provider } = await start([
      pendingEntity('orders'),
    ]);
    failNext();
    await provider.provide();
    await provider.provide();
    await provider.provide();
    expect(mutations).toHaveLength(2);
  });
});
