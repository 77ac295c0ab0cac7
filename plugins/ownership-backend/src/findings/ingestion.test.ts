import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ENTITY_STATUS_CATALOG_PROCESSING_TYPE } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import { RESOURCE_FAILED } from '@slipway/plugin-platform-common';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { ownershipDatabase } from '../__testUtils__/database';
import { ORGANISATION, service } from '../__testUtils__/entities';
import { createProjection } from '../projection';
import { FindingNews } from './FindingNews';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ORDERS = 'component:default/orders';
const PROBLEM = 'catalog-info.yaml, line 3: it ends too early.';

function withStatus(entity: Entity, message: string, name = 'InputError') {
  const items = [
    {
      type: ENTITY_STATUS_CATALOG_PROCESSING_TYPE,
      level: 'error',
      message,
      error: { name, message },
    },
  ];
  return { ...entity, status: { items } };
}

describe('a file that the catalog can not take', () => {
  async function start(...entities: Entity[]) {
    const knex = await ownershipDatabase(databases);
    const catalog = new ChangingCatalog([...ORGANISATION, ...entities]);
    const logger = mockServices.logger.mock();
    const { sync, findings } = createProjection({
      knex,
      auth: mockServices.auth(),
      catalog: catalog.service,
      logger,
      directory: '/nowhere',
    });
    await sync.syncAll();
    const notifications = { send: jest.fn(async () => {}) };
    const news = new FindingNews({ findings, notifications, logger });
    return { knex, catalog, sync, notifications, news };
  }

  it('is a work item of its owner, who is told once, until it is mended', async () => {
    const { catalog, knex, news, notifications, sync } = await start(
      service('orders', 'payments'),
    );
    catalog.put(withStatus(service('orders', 'payments'), PROBLEM));
    await sync.sync([ORDERS]);
    notifications.send.mockRejectedValueOnce(new Error('They are down.'));
    await news.tell();
    await news.tell();
    await news.tell();
    expect(notifications.send).toHaveBeenCalledTimes(2);
    expect(notifications.send).toHaveBeenLastCalledWith({
      recipients: { type: 'entity', entityRef: 'group:default/payments' },
      payload: expect.objectContaining({
        title: 'The catalog can’t read the file of orders',
        description: PROBLEM,
        link: '/catalog/default/component/orders/ownership',
      }),
    });
    const items = () =>
      knex('findings').where({ kind: 'ingestion' }).select('state', 'evidence');
    expect(await items()).toEqual([{ state: 'open', evidence: [PROBLEM] }]);
    catalog.put(service('orders', 'payments'));
    await sync.sync([ORDERS]);
    expect(await items()).toMatchObject([{ state: 'closed' }]);
  });

  it('is no work item where it is a resource that failed', async () => {
    const { knex } = await start(
      withStatus(service('orders', 'payments'), PROBLEM, RESOURCE_FAILED),
    );
    expect(await knex('findings').where({ kind: 'ingestion' })).toEqual([]);
  });
});
