import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import { until } from '@slipway/plugin-platform-node/testUtils';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { entity, ORGANISATION, service } from '../__testUtils__/entities';
import { startOwnership } from '../__testUtils__/ownershipBackend';
import { rotationFile } from '../__testUtils__/rotationFile';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('actions', () => {
  const registry = actionsRegistryServiceMock();
  const catalog = new ChangingCatalog([
    ...ORGANISATION,
    entity(
      'Group',
      'payments',
      { type: 'team', profile: { displayName: 'Payments' } },
      { 'slipway.dev/on-call': 'user:default/idris' },
    ),
    service('orders', 'payments'),
    service('shop', 'logistics', { dependsOn: ['component:orders'] }),
    service('lost', 'nobody', { system: 'checkout' }),
    entity('System', 'checkout', { owner: 'payments' }),
    service('stray', 'growth'),
  ]);
  let ownership: Awaited<ReturnType<typeof startOwnership>>;

  const replaced = createServiceFactory({
    service: actionsRegistryServiceRef,
    deps: {},
    factory: () => registry,
  });

  beforeAll(async () => {
    ownership = await startOwnership(databases, catalog, replaced);
  });

  afterAll(() => ownership.stop());

  const invoke = async (name: string, input: JsonObject) =>
    (
      await registry.invoke({
        id: `test:${name}`,
        input,
        credentials: mockCredentials.user('user:default/mara'),
      })
    ).output;

  it('tell who owns something and who is on call', async () => {
    expect(await invoke('who-owns', { entityRef: 'orders' })).toEqual({
      entityRef: 'component:default/orders',
      owner: 'group:default/payments',
      ownerTitle: 'Payments',
      evidence: ['The entity names payments as its owner.'],
      onCall: { now: { person: 'user:default/idris', title: 'Idris' } },
      findings: [],
    });
    expect(await invoke('who-is-on-call', { team: 'payments' })).toEqual({
      onCall: [{ now: { person: 'user:default/idris', title: 'Idris' } }],
    });
    await expect(invoke('who-owns', { entityRef: 'nothing' })).rejects.toThrow(
      'Nothing is known of component:default/nothing',
    );
  });

  it('list what a team owns, page by page', async () => {
    const first = await invoke('list-team-entities', {
      team: 'payments',
      limit: 1,
    });
    expect(first).toMatchObject({ entities: [{ title: 'checkout' }] });
    const { nextCursor: cursor } = first as { nextCursor: string };
    expect(
      await invoke('list-team-entities', { team: 'payments', cursor }),
    ).toEqual({
      entities: [
        {
          entityRef: 'component:default/lost',
          title: 'lost',
          type: 'service',
          findings: ['orphan'],
        },
        {
          entityRef: 'component:default/orders',
          title: 'orders',
          type: 'service',
          findings: [],
        },
      ],
    });
  });

  it('tell what fails with something', async () => {
    expect(await invoke('blast-radius', { entityRef: 'orders' })).toEqual({
      layers: [{ distance: 1, entityRefs: ['component:default/shop'] }],
      teams: [{ team: 'group:default/logistics', entities: 1, onCall: [] }],
      truncated: false,
    });
  });

  it('list what nobody owns, with who may', async () => {
    expect(await invoke('list-orphans', {})).toMatchObject({
      orphans: [
        { entityRef: 'component:default/stray' },
        {
          entityRef: 'component:default/lost',
          suggestion: { owner: 'group:default/payments' },
        },
      ],
    });
  });

  it('offer what is owned to another team, for its members only', async () => {
    const offer = { to: 'logistics', reason: 'They work on it.' };
    expect(
      await invoke('offer-transfer', { ...offer, entityRefs: ['orders'] }),
    ).toEqual({
      id: expect.any(String),
      state: 'offered',
      entityRefs: ['component:default/orders'],
    });
    await expect(
      invoke('offer-transfer', {
        ...offer,
        to: 'payments',
        owner: 'logistics',
      }),
    ).rejects.toThrow('belongs to group:default/logistics');
  });

  it('let a colleague take over a shift', async () => {
    await writeFile(
      path.join(ownership.directory, 'payments.yaml'),
      rotationFile('payments-primary', '[mara, idris]'),
    );
    await ownership.tell({ all: true });
    await until(async () => {
      const { onCall } = (await invoke('who-is-on-call', {
        team: 'payments',
      })) as { onCall: Array<{ rotation?: string }> };
      return onCall.some(({ rotation }) => rotation === 'payments-primary');
    });
    const swap = { rotation: 'payments-primary', to: 'user:default/mara' };
    const since = new Date().toISOString();
    await expect(
      invoke('swap-on-call-shift', { ...swap, since }),
    ).rejects.toThrow('Look at the rotation again.');
  });

  it('need permission', async () => {
    const denied = actionsRegistryServiceMock();
    const strict = await startOwnership(
      databases,
      catalog,
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => denied,
      }),
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    );
    try {
      await expect(
        denied.invoke({
          id: 'test:list-orphans',
          input: {},
          credentials: mockCredentials.user('user:default/mara'),
        }),
      ).rejects.toThrow('You lack the permission ownership.read');
    } finally {
      await strict.stop();
    }
  });
});
