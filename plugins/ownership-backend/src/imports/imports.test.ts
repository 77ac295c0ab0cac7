import { Readable } from 'node:stream';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { ownershipDatabase } from '../__testUtils__/database';
import { ORGANISATION, service } from '../__testUtils__/entities';
import { createProjection, directoryOf } from '../projection';
import { ImportedEntityStore } from './ImportedEntityStore';
import { ImportService } from './ImportService';
import { ImportStore } from './ImportStore';
import { readCsv } from './readCsv';
import { readFolder } from './readFolder';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const WEI = 'user:default/wei';

describe('an import', () => {
  let knex: Knex;
  let store: ImportStore;
  let entities: ImportedEntityStore;
  let imports: ImportService;
  const events = { publish: jest.fn(async () => {}) };

  beforeEach(async () => {
    knex = await ownershipDatabase(databases);
    const logger = mockServices.logger.mock();
    const { organisation, sync } = createProjection({
      knex,
      auth: mockServices.auth(),
      catalog: new ChangingCatalog([
        ...ORGANISATION,
        service('checkout', 'payments'),
      ]).service,
      logger,
      directory: '/nowhere',
    });
    await sync.syncAll();
    store = new ImportStore(knex);
    entities = new ImportedEntityStore(knex);
    imports = new ImportService({
      knex,
      store,
      entities,
      directory: async () => directoryOf(await organisation.read()),
      events,
      logger,
      onChange: () => {},
      portalUrl: 'https://portal.example.com',
    });
  });

  const checkText = (text: string) =>
    imports.check(
      { name: 'services.csv', source: 'csv', createdBy: WEI },
      readCsv(Readable.from([text])),
    );

  const check = (...lines: string[]) => checkText(lines.join('\n'));

  async function apply(id: string) {
    await imports.apply(id, WEI);
    await imports.resume();
    return imports.get(id);
  }

  const report = async (id: string) =>
    (await store.rows(id, { limit: 100 })).items.map(
      ({ line, problems, gaps }) => [line, ...problems, ...gaps],
    );

  it('says what it would do, and writes nothing before somebody says so', async () => {
    const one = await check(
      'name,owner,system,kind',
      'orders,payments,shop,',
      'shop,payments,,system',
      'cart,nobody,elsewhere,',
      'stock,growth,,',
      'mail,user:mara,,',
      'checkout,payments,,',
      'orders,payments,,',
      'plain,,,',
    );
    expect(one.counts).toEqual({
      rows: 8,
      new: 6,
      changed: 0,
      same: 0,
      error: 2,
      gaps: 4,
      written: 0,
    });
    expect(await report(one.id)).toEqual([
      [
        4,
        'The owner group:default/nobody is not in the catalog.',
        'The system system:default/elsewhere is not in the catalog.',
      ],
      [5, 'The owner group:default/growth has no members.'],
      [6, 'The owner user:default/mara is a person. Name a group.'],
      [7, expect.stringContaining('is in the catalog already')],
      [
        8,
        'component:default/orders is in line 2 already. Take one of them out.',
      ],
      [9, 'No owner is named.'],
    ]);
    expect(await entities.pending(10)).toEqual([]);

    expect(await apply(one.id)).toMatchObject({
      state: 'done',
      appliedBy: WEI,
      counts: { written: 6 },
    });
    const pending = await entities.pending(10);
    expect(pending.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/cart',
      'component:default/mail',
      'component:default/orders',
      'component:default/plain',
      'component:default/stock',
      'system:default/shop',
    ]);
    expect(pending[2].entity?.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': `url:https://portal.example.com/ownership/imports/${one.id}`,
    });
    await expect(imports.apply(one.id, WEI)).rejects.toThrow('done already');
  });

  it('changes nothing the second time, and only what is not the same the third', async () => {
    const lines = ['name,owner', 'orders,payments', 'cart,payments'];
    await apply((await check(...lines)).id);
    const again = await check(...lines);
    expect(again.counts).toMatchObject({ same: 2, new: 0, changed: 0 });
    await expect(imports.apply(again.id, WEI)).rejects.toThrow(
      'nothing to write',
    );
    await entities.provided(await entities.pending(10));
    const third = await check(
      'name,owner',
      'orders,logistics',
      'cart,payments',
    );
    expect(third.counts).toMatchObject({ same: 1, changed: 1 });
    await apply(third.id);
    const pending = await entities.pending(10);
    expect(pending).toMatchObject([
      {
        entityRef: 'component:default/orders',
        version: 2,
        entity: { spec: { owner: 'logistics' } },
      },
    ]);
    // What changed while the catalog took the one before stays pending.
    await entities.provided([
      { entityRef: 'component:default/orders', version: 1 },
    ]);
    expect(await entities.pending(10)).toHaveLength(1);
  });

  it('takes away what came with it, and no more', async () => {
    const first = await check('name', 'orders', 'cart');
    await apply(first.id);
    const second = await check(
      'name,owner',
      'orders,payments',
      'mail,payments',
    );
    await apply(second.id);
    await entities.provided(await entities.pending(10));
    await expect(imports.remove((await check('name', 'x')).id)).rejects.toThrow(
      'checked already',
    );
    expect((await imports.remove(second.id)).state).toBe('removed');
    const pending = await entities.pending(10);
    expect(pending).toEqual([
      { entityRef: 'component:default/mail', version: 2 },
    ]);
    await entities.provided(pending);
    expect(
      await knex('imported_entities').orderBy('entity_ref').pluck('entity_ref'),
    ).toEqual(['component:default/cart', 'component:default/orders']);
    await apply((await check('name', 'mail')).id);
    expect(await entities.pending(10)).toHaveLength(1);
  });

  it('keeps what the database has no place for from stopping the rest', async () => {
    const one = await check(
      'name,owner,description',
      'or\0ders,payments,',
      'cart,payments,Keeps\0baskets',
    );
    expect(one.counts).toMatchObject({ new: 1, error: 1 });
    await apply(one.id);
    expect(await entities.pending(10)).toMatchObject([
      { entity: { metadata: { description: 'Keeps\uFFFDbaskets' } } },
    ]);
  });

  it('leaves nothing of what can not be read', async () => {
    await expect(check('nmae', 'orders')).rejects.toThrow('Not known: "nmae"');
    await expect(check('name')).rejects.toThrow('nothing in it');
    expect(await knex('imports').select()).toEqual([]);
    await store.begin({ name: 'broken', source: 'csv', createdBy: WEI });
    await knex('imports').update({ created_at: new Date(0) });
    await imports.resume();
    expect(await knex('imports').select()).toEqual([]);
  });

  it('reads a folder of repositories: catalog files, and CODEOWNERS where these name nobody', async () => {
    const folder = {
      name: 'code',
      repositories: [
        {
          name: 'orders',
          catalogFile:
            'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: orders\n  annotations: { example.com/a: b, backstage.io/orphan: "true" }\nspec: { type: worker, lifecycle: experimental, owner: payments, subcomponentOf: shop }\n---\nkind: API\napiVersion: backstage.io/v1alpha1\nmetadata: { name: orders-api }\n',
        },
        {
          name: 'cart',
          remoteUrl: 'git@git.example.com:shop/cart.git',
          codeowners: '* @shop/logistics\n',
        },
        {
          name: 'mail',
          remoteUrl: 'https://mara:secret@git.example.com/mail.git',
        },
        { name: 'broken', catalogFile: 'kind: [' },
      ],
    };
    const one = await imports.check(
      { name: folder.name, source: 'folder', createdBy: WEI },
      readFolder(folder, await imports.directory()),
    );
    expect(await report(one.id)).toEqual([
      [2, expect.stringContaining('declares API orders-api')],
      [3, 'cart has no catalog-info.yaml.'],
      [4, 'mail has no catalog-info.yaml.', 'No owner is named.'],
      [5, expect.stringMatching(/^catalog-info.yaml of broken, line 1: /)],
    ]);
    await apply(one.id);
    const [cart, mail, orders] = await entities.pending(10);
    expect(cart.entity).toMatchObject({
      metadata: { links: [{ url: 'https://git.example.com/shop/cart' }] },
      spec: { owner: 'group:default/logistics' },
    });
    expect(mail.entity?.metadata.links).toEqual([
      { url: 'https://git.example.com/mail', title: 'Repository' },
    ]);
    expect(orders.entity).toMatchObject({
      metadata: { annotations: { 'example.com/a': 'b' } },
      spec: {
        type: 'worker',
        lifecycle: 'experimental',
        owner: 'payments',
        subcomponentOf: 'shop',
      },
    });
    expect(JSON.stringify(orders.entity)).not.toContain('orphan');
  });

  it('goes on where another backend died, and writes each of 200,000 lines with errors once', async () => {
    const lines = ['name,owner'];
    for (let index = 0; index < 200_000; index += 1) {
      lines.push(
        index % 10 === 9 ? `not a name ${index},` : `s-${index},payments`,
      );
    }
    const started = performance.now();
    const one = await checkText(lines.join('\n'));
    const seconds = (performance.now() - started) / 1_000;
    expect(one.counts).toMatchObject({
      rows: 200_000,
      new: 180_000,
      error: 20_000,
    });
    expect(seconds).toBeLessThan(120);
    // It died after its first batch.
    await knex('imports').update({ state: 'applying' });
    await knex.transaction(async trx => {
      const rows = await store.take(trx, one.id, 1_000);
      await entities.write(trx, one.id, rows, 'https://portal.example.com');
      await store.addWritten(trx, one.id, rows.length);
    });
    const lost = await knex.transaction();
    await store.take(lost, one.id, 1_000);
    await lost.rollback();
    await imports.resume();
    expect(await imports.get(one.id)).toMatchObject({
      state: 'done',
      counts: { written: 180_000 },
    });
    const [{ count, most }] = await knex('imported_entities').select(
      knex.raw('count(*)::int'),
      knex.raw('max(version) AS most'),
    );
    expect([count, most]).toEqual([180_000, 1]);
    const page = await store.rows(one.id, { limit: 2 });
    const next = await store.rows(one.id, {
      limit: 2,
      cursor: page.nextCursor,
    });
    expect([...page.items, ...next.items].map(({ line }) => line)).toEqual([
      11, 21, 31, 41,
    ]);
  });
});
