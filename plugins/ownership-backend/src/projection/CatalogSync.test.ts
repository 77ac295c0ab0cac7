import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { ownershipDatabase } from '../__testUtils__/database';
import { entity, ORGANISATION, service } from '../__testUtils__/entities';
import { rotationFile } from '../__testUtils__/rotationFile';
import type { RepositoryFacts } from '@slipway/plugin-ownership-node';
import { createProjection } from './createProjection';
import { repositoryReference } from './RepositorySources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ORDERS = 'component:default/orders';
const PAYMENTS = 'group:default/payments';

describe('the projection of the catalog', () => {
  let knex: Knex;
  let catalog: ChangingCatalog;
  let directory: string;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let projection: ReturnType<typeof createProjection>;
  /** What repositories say, by name. */
  let repositories: Record<string, RepositoryFacts>;

  beforeEach(async () => {
    knex = await ownershipDatabase(databases);
    directory = await mkdtemp(path.join(tmpdir(), 'oncall-'));
    logger = mockServices.logger.mock();
    repositories = {};
    catalog = new ChangingCatalog([
      ...ORGANISATION,
      entity('System', 'checkout', { owner: 'payments' }),
      service('orders', 'payments', {
        dependsOn: ['resource:orders-db'],
        providesApis: ['orders-api'],
      }),
      service('cart', undefined, { system: 'checkout' }),
      entity('API', 'orders-api', { owner: 'payments' }),
      entity('Resource', 'orders-db', { owner: 'payments' }),
    ]);
    projection = createProjection({
      knex,
      auth: mockServices.auth(),
      catalog: catalog.service,
      logger,
      directory,
      reader: {
        read: async name => {
          if (name === 'away') {
            throw new Error('Nobody answers.');
          }
          return repositories[name];
        },
      },
    });
    await projection.sync.syncAll();
  });

  afterEach(() => rm(directory, { recursive: true }));

  const ownerOf = async (ref: string) =>
    (await knex('entities').where({ entity_ref: ref }).first()).owner;
  const findingsOf = (ref: string) =>
    knex('findings')
      .where({ entity_ref: ref })
      .orderBy('opened_at')
      .select('kind', 'state', 'closed_because');
  const historyOf = async (ref: string) =>
    (await projection.history.list(ref, { limit: 10 })).items;

  it('knows the owners, and what needs what', async () => {
    expect(
      await knex('entities').orderBy('name').select('name', 'owner'),
    ).toEqual(
      ['cart', 'checkout', 'orders', 'orders-api', 'orders-db'].map(name => ({
        name,
        owner: PAYMENTS,
      })),
    );
    expect(
      await knex('dependencies')
        .orderBy('dependent_ref')
        .select('dependent_ref', 'dependency_ref', 'origin'),
    ).toEqual([
      {
        dependent_ref: 'api:default/orders-api',
        dependency_ref: ORDERS,
        origin: 'declared',
      },
      {
        dependent_ref: ORDERS,
        dependency_ref: 'resource:default/orders-db',
        origin: 'declared',
      },
    ]);
    expect(await knex('findings')).toEqual([]);
  });

  it('writes nothing where nothing changed', async () => {
    const written = () =>
      knex.raw(
        'SELECT xmin, entity_ref FROM entities UNION SELECT xmin, group_ref FROM teams UNION SELECT xmin, user_ref FROM people ORDER BY 2',
      );
    const before = (await written()).rows;
    expect(await projection.sync.syncAll()).toBe(false);
    expect(await projection.sync.sync([ORDERS, PAYMENTS])).toBe(false);
    expect(await projection.sync.syncMissed()).toBe(false);
    expect((await written()).rows).toEqual(before);
  });

  it('asks the repository where the entity and its system name nobody', async () => {
    const stock = (name: string) =>
      entity(
        'Component',
        'stock',
        { type: 'service' },
        {
          'slipway.dev/repository': name,
        },
      );
    const STOCK = 'component:default/stock';
    catalog.put(stock('stock'));
    await projection.sync.sync([STOCK]);
    expect(await ownerOf(STOCK)).toBeNull();

    const emails = { noor: 'noor@example.com', mara: 'MARA@example.com' };
    repositories.stock = {
      authors: [emails.mara, emails.noor, emails.mara, 'gone@example.com'],
    };
    await projection.sync.sync([repositoryReference('stock')]);
    expect(await ownerOf(STOCK)).toBe(PAYMENTS);

    repositories.stock.codeowners = '* @logistics\n* @payments\n* @logistics\n';
    await projection.sync.sync([repositoryReference('stock')]);
    expect(await ownerOf(STOCK)).toBe('group:default/logistics');
    expect(await findingsOf(STOCK)).toMatchObject([
      { kind: 'orphan', state: 'closed' },
      { kind: 'conflict', state: 'open' },
    ]);

    catalog.put(stock('away'));
    await projection.sync.sync([STOCK]);
    expect(await ownerOf(STOCK)).toBeNull();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('What the repository away says'),
    );
  });

  it('follows a changed owner, and keeps who changed what', async () => {
    catalog.put(service('orders', 'logistics'));
    expect(await projection.sync.sync([ORDERS], 'user:default/mara')).toBe(
      true,
    );
    expect(await ownerOf(ORDERS)).toBe('group:default/logistics');
    const [changed, appeared] = await historyOf(ORDERS);
    expect(changed).toMatchObject({
      actor: 'user:default/mara',
      action: 'changed',
      changes: [
        {
          field: 'owner',
          before: PAYMENTS,
          after: 'group:default/logistics',
        },
        { field: 'dependencies', before: 'resource:default/orders-db' },
      ],
    });
    expect(appeared).toMatchObject({ actor: 'catalog', action: 'appeared' });
  });

  it('follows the owner of a system to what is part of it', async () => {
    catalog.put(entity('System', 'checkout', { owner: 'logistics' }));
    await projection.sync.sync(['system:default/checkout']);
    expect(await ownerOf('component:default/cart')).toBe(
      'group:default/logistics',
    );
  });

  it('keeps what is gone with its history, and takes it back', async () => {
    catalog.remove(ORDERS);
    expect(await projection.sync.syncMissed()).toBe(true);
    const { gone_at: goneAt } = await knex('entities')
      .where({ entity_ref: ORDERS })
      .first();
    expect(goneAt).toBeInstanceOf(Date);
    expect(await knex('dependencies')).toEqual([]);
    catalog.put(service('orders', 'payments'));
    expect(await projection.sync.syncMissed()).toBe(true);
    expect((await historyOf(ORDERS)).map(({ action }) => action)).toEqual([
      'returned',
      'gone',
      'appeared',
    ]);
  });

  it.each([
    ['when everything is read', () => projection.sync.syncAll()],
    ['when the group is named', () => projection.sync.sync([PAYMENTS])],
    ['when nobody says so', () => projection.sync.syncMissed()],
  ])('opens and closes an orphan by itself %s', async (_, look) => {
    catalog.remove(PAYMENTS);
    await look();
    expect(await findingsOf(ORDERS)).toEqual([
      { kind: 'orphan', state: 'open', closed_because: null },
    ]);
    catalog.put(...ORGANISATION);
    await look();
    expect(await findingsOf(ORDERS)).toEqual([
      { kind: 'orphan', state: 'closed', closed_because: 'It was mended.' },
    ]);
    expect(await ownerOf(ORDERS)).toBe(PAYMENTS);
  });

  it('notices that a team has lost its people', async () => {
    catalog.remove('user:default/mara');
    await projection.sync.sync(['user:default/mara']);
    expect(await findingsOf(ORDERS)).toMatchObject([{ kind: 'single-point' }]);
    catalog.remove('user:default/idris');
    await projection.sync.sync(['user:default/idris']);
    expect(await findingsOf(ORDERS)).toMatchObject([
      { kind: 'single-point', state: 'closed' },
      { kind: 'orphan', state: 'open' },
    ]);
  });

  it('closes what is about something that is gone', async () => {
    catalog.put(service('orders', 'nobody'));
    await projection.sync.sync([ORDERS]);
    catalog.remove(ORDERS);
    await projection.sync.sync([ORDERS]);
    expect(await findingsOf(ORDERS)).toEqual([
      {
        kind: 'orphan',
        state: 'closed',
        closed_because: 'The entity is gone.',
      },
    ]);
  });

  it('leaves what is snoozed alone, until its day', async () => {
    catalog.put(service('orders', 'nobody'));
    await projection.sync.sync([ORDERS]);
    const until = new Date(Date.now() + 60_000);
    const { id } = await knex('findings').first('id');
    const change = { state: 'snoozed', snoozed_until: until } as const;
    expect(await projection.findings.change(id, change)).toBe(true);
    expect(await projection.sync.syncAll()).toBe(false);
    expect(await projection.findings.wake(new Date())).toBe(0);
    expect(await findingsOf(ORDERS)).toMatchObject([{ state: 'snoozed' }]);
    expect(await projection.findings.wake(until)).toBe(1);
    expect(await findingsOf(ORDERS)).toMatchObject([{ state: 'open' }]);
    catalog.put(service('orders', 'payments'));
    await projection.sync.sync([ORDERS]);
    expect(await projection.findings.change(id, { state: 'open' })).toBe(false);
  });

  it('never puts an older reading over a newer one', async () => {
    await knex('entities')
      .where({ entity_ref: ORDERS })
      .update({ read_at: new Date(Date.now() + 60_000) });
    catalog.put(service('orders', 'logistics'));
    await projection.sync.syncAll();
    expect(await ownerOf(ORDERS)).toBe(PAYMENTS);
  });

  it('reads rotations, and says where one is wrong', async () => {
    catalog.put(
      entity(
        'Component',
        'orders',
        { owner: 'payments' },
        { 'slipway.dev/on-call': 'payments-primary' },
      ),
    );
    await projection.sync.syncAll();
    const rolesOf = async () =>
      (await knex('entities').where({ entity_ref: ORDERS }).first()).ownership
        .roles;
    expect(await rolesOf()).toEqual({});
    await writeFile(
      path.join(directory, 'payments.yaml'),
      rotationFile('payments-primary', '[mara, idris]'),
    );
    await writeFile(
      path.join(directory, 'wrong.yaml'),
      rotationFile('wrong', '[stranger]'),
    );
    expect(await projection.sync.syncRotations()).toBe(true);
    expect(await projection.sync.syncRotations()).toBe(false);
    expect(await rolesOf()).toEqual({
      onCall: { kind: 'rotation', value: 'payments-primary' },
    });
    expect(projection.rotations.problems).toEqual([
      expect.objectContaining({
        file: `${directory.split(path.sep).slice(-2).join('/')}/wrong.yaml`,
        line: 9,
      }),
    ]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn.mock.calls[0][0]).toContain('wrong.yaml:9: ');
  });
});
