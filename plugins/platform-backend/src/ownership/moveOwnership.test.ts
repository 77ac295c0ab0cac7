import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  REPOSITORY_ANNOTATION,
  SERVICE_ANNOTATION,
} from '@slipway/plugin-platform-common';
import { RunKindTester } from '@slipway/plugin-platform-node/testUtils';
import type { Knex } from 'knex';
import { platformDatabase } from '../__testUtils__/engine';
import { TestProviders } from '../__testUtils__/providers';
import { createMoveRunKind } from './createMoveRunKind';
import type { MoveInput } from './moveInput';
import { OwnerStore } from './OwnerStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const PAYMENTS = 'group:default/payments';
const GROWTH = 'group:default/growth';
const ORDERS = 'component:default/orders';
const FILE = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
spec:
  type: service
  owner: payments
`;

const input: MoveInput = {
  title: 'Give orders to Growth',
  by: 'user:default/tomas',
  entities: [{ entityRef: ORDERS, to: GROWTH }],
};

describe('move-ownership', () => {
  let knex: Knex;
  let providers: TestProviders;
  let annotations: Record<string, string>;

  beforeEach(async () => {
    knex = await platformDatabase(databases);
    providers = new TestProviders();
    providers.files.set('catalog-info.yaml', FILE);
    providers.repositories.set('orders', {
      ...providers.repository,
      name: 'orders',
      owner: PAYMENTS,
      head: await providers.forge.getCommit('orders', 'c'.repeat(40)),
    });
    await knex('services').insert({
      name: 'orders',
      owner: PAYMENTS,
      description: '',
      repository: 'orders',
    });
    annotations = {
      [REPOSITORY_ANNOTATION]: 'orders',
      [SERVICE_ANNOTATION]: 'orders',
    };
  });

  /** As the catalog reads it from the repository. */
  function entities(): Entity[] {
    const owner = /owner: (\w+)/.exec(
      providers.files.get('catalog-info.yaml') ?? '',
    )?.[1];
    return [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'orders', namespace: 'default', annotations },
        relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
      },
    ];
  }

  function tester(asked = input) {
    const kind = createMoveRunKind({
      auth: mockServices.auth({ pluginId: 'platform' }),
      catalog: {
        getEntitiesByRefs: (...args) =>
          catalogServiceMock({ entities: entities() }).getEntitiesByRefs(
            ...args,
          ),
      },
      forge: providers.forge,
      store: new OwnerStore(knex),
    });
    return new RunKindTester(kind, asked);
  }

  const owners = async () => ({
    repository: providers.repositories.get('orders')?.owner,
    service: (await knex('services').first('owner')).owner,
  });

  it('moves the repository, the service and the entity file, and says so', async () => {
    const { outputs } = await tester().execute();
    expect(await owners()).toEqual({ repository: GROWTH, service: GROWTH });
    expect(providers.files.get('catalog-info.yaml')).toBe(
      FILE.replace('payments', 'growth'),
    );
    expect(outputs.confirm.touched).toEqual([
      'repository orders: growth may push and review, payments no more.',
      'service orders: growth deploys it, and has its configuration and secrets.',
      'catalog-info.yaml of orders: changed by merge request !1.',
    ]);
    expect(providers.calls).toEqual(['propose orders', 'merge orders!1']);
  });

  it('takes approvals that wait along, and the resources of the service', async () => {
    const runId = '00000000-0000-4000-8000-000000000001';
    await knex('runs').insert({
      id: runId,
      kind: 'deploy',
      kind_version: 1,
      title: 'Deploy',
      target: 'service:orders:prod',
      state: 'waiting',
      requested_by: 'user:default/mara',
      owner: PAYMENTS,
      service: 'orders',
      input: {},
    });
    await knex('run_waits').insert({
      id: '00000000-0000-4000-8000-000000000002',
      run_id: runId,
      name: 'approval',
      kind: 'approval',
      state: 'open',
      waits_for: 'people',
      reason: 'prod is protected',
      asked_by: 'user:default/mara',
      approvers: [PAYMENTS],
      approvers_text: 'Payments',
      quorum: 1,
      announced: true,
    });
    const { outputs } = await tester().execute();
    expect(await knex('run_waits').first()).toMatchObject({
      approvers: [GROWTH],
      approvers_text: 'growth',
      announced: false,
    });
    expect((await knex('runs').first()).owner).toBe(GROWTH);
    expect(outputs.rights.touched).toContain(
      'approvals that wait: 1 went to growth.',
    );
  });

  it('gives everything back where it is undone before it is merged', async () => {
    const failing = tester();
    providers.forge.mergeAgreed = async () => {
      throw new Error('The disk is full.');
    };
    await expect(failing.execute()).rejects.toThrow('The disk is full.');
    await failing.undo();
    expect(await owners()).toEqual({ repository: PAYMENTS, service: PAYMENTS });
    expect(providers.calls).toEqual(['propose orders', 'close orders!1']);
  });

  it('says what has to be changed by hand, and changes nothing', async () => {
    annotations = {
      'backstage.io/managed-by-location': 'file:/org/systems.yaml',
    };
    await expect(tester().execute()).rejects.toThrow(
      /entity file of component:default\/orders in file:\/org\/systems.yaml/,
    );
    expect(await owners()).toEqual({ repository: PAYMENTS, service: PAYMENTS });
  });

  it.each([
    ['conflicts', 'It conflicts with main in catalog-info.yaml.'],
    ['pipeline', 'The pipeline failed.'],
  ] as const)('does not go on where there are %s', async (kind, message) => {
    const propose = providers.forge.proposeChange;
    providers.forge.proposeChange = async change => {
      const proposal = await propose(change);
      providers.proposals[0].blockers = [{ kind, message }];
      providers.proposals[0].status = { state: 'failed', url: '/' };
      return proposal;
    };
    await expect(tester().execute()).rejects.toThrow(message);
    expect(await owners()).toEqual({ repository: PAYMENTS, service: PAYMENTS });
  });

  it('changes nothing where the file cannot be changed', async () => {
    providers.files.set('catalog-info.yaml', 'kind: [');
    await expect(tester().execute()).rejects.toThrow('that can be read');
    expect(await owners()).toEqual({ repository: PAYMENTS, service: PAYMENTS });
  });

  it('gives up waiting for a catalog that does not read the file', async () => {
    providers.forge.mergeAgreed = async () => {};
    await expect(tester().execute()).rejects.toThrow(
      `waited for the catalog to read the new owner of ${ORDERS}`,
    );
  });

  it('knows what is gone', async () => {
    const gone = { entityRef: 'component:default/gone', to: GROWTH };
    await expect(
      tester({ ...input, entities: [gone] }).execute(),
    ).rejects.toThrow('component:default/gone is not in the catalog any more.');
  });
});
