import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  type EntityChanges,
  REPOSITORY_ANNOTATION,
} from '@slipway/plugin-platform-common';
import request from 'supertest';
import { as } from '../__testUtils__/platformBackend';
import {
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ORDERS = 'component:default/orders';

function component(name: string, annotations: Record<string, string> = {}) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/payments' }],
  };
}

describe('editing an entity', () => {
  let platform: StartedDelivery;

  beforeAll(async () => {
    platform = await startDelivery(databases, [{ name: 'dev' }]);
    platform.catalog.more.push(
      component('orders', { [REPOSITORY_ANNOTATION]: 'orders' }),
      component('elsewhere'),
    );
    const { providers } = platform;
    providers.files.set(
      'catalog-info.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: orders\nspec:\n  lifecycle: experimental\n',
    );
    providers.repositories.set('orders', {
      ...providers.repository,
      name: 'orders',
      head: await providers.forge.getCommit('orders', 'c'.repeat(40)),
    });
  });

  afterAll(() => platform.stop());

  const edit = (
    changes: EntityChanges | object,
    { who = as('mara'), entityRef = ORDERS } = {},
  ) =>
    request(platform.server)
      .post('/api/platform/entity-edits')
      .set(who)
      .send({ entityRef, changes });

  it('opens a merge request, once, which is pending until it is over', async () => {
    const wanted = { lifecycle: 'production', runbook: 'https://wiki/orders' };
    const { status, body } = await edit(wanted);
    expect([status, body.state, body.author]).toEqual([
      201,
      'open',
      'user:default/mara',
    ]);
    expect(body.title).toBe('Change lifecycle, runbook of orders');
    expect((await edit(wanted)).body.number).toBe(body.number);
    expect(platform.providers.proposed).toEqual([
      {
        path: 'catalog-info.yaml',
        text: expect.stringContaining('lifecycle: production'),
      },
    ]);
    const pending = () =>
      platform.get<{ items: object[] }>(`/entity-edits?entityRef=${ORDERS}`);
    expect((await pending()).items).toMatchObject([{ number: body.number }]);
    await platform.providers.forge.closeMergeRequest('orders', body.number, {
      by: 'user:default/mara',
    });
    expect((await pending()).items).toEqual([]);
  });

  it('is an action as well', async () => {
    const { status, body } = await request(platform.server)
      .post(
        '/api/platform/.backstage/actions/v1/actions/platform:edit-entity/invoke',
      )
      .set(as('mara'))
      .send({ entityRef: ORDERS, changes: { tier: '1' } });
    expect([status, body]).toEqual([
      200,
      {
        output: {
          repository: 'orders',
          number: expect.any(Number),
          title: 'Change tier of orders',
        },
      },
    ]);
  });

  it.each([
    [{ lifecycle: 'soon' }, 'changes.lifecycle'],
    [{ runbook: 'here' }, 'changes.runbook: is no address'],
    [{ links: [{ url: 'ftp://files' }] }, 'changes.links.0.url'],
    [{ tags: ['Not A Tag'] }, 'changes.tags.0: is no tag'],
    [{ owner: 'growth' }, 'owner'],
    [{ title: '' }, 'changes.title'],
    [{ lifecycle: 'experimental' }, 'says all of that already'],
    [{}, 'says all of that already'],
  ])('refuses %j and says %s', async (changes, message) => {
    const { status, body } = await edit(changes);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
  });

  it('is for the owner, of what a repository has', async () => {
    const changes = { lifecycle: 'production' };
    const tomas = await edit(changes, { who: as('tomas') });
    expect(tomas.status).toBe(403);
    expect(tomas.body.error.message).toContain(
      'belongs to group:default/payments',
    );
    const elsewhere = 'component:default/elsewhere';
    const other = await edit(changes, { entityRef: elsewhere });
    expect(other.status).toBe(400);
    expect(other.body.error.message).toContain('is in no repository');
    const gone = 'component:default/gone';
    expect((await edit(changes, { entityRef: gone })).status).toBe(404);
    const nobody = { authorization: mockCredentials.none.header() };
    expect((await edit(changes, { who: nobody })).status).toBe(401);
  });

  it('lets nobody but the ownership backend move anything', async () => {
    const { status } = await request(platform.server)
      .post('/api/platform/ownership-moves')
      .set(as('mara'))
      .send({});
    expect(status).toBe(403);
  });
});
