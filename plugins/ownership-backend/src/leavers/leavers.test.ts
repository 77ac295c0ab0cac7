import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { ownershipDatabase } from '../__testUtils__/database';
import { entity, ORGANISATION, service } from '../__testUtils__/entities';
import { createProjection } from '../projection';
import { LeaverService } from './LeaverService';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const IDRIS = 'user:default/idris';
const PAYMENTS = 'group:default/payments';
const MINUTE_MS = 60_000;

async function start(...more: Parameters<ChangingCatalog['put']>) {
  const knex: Knex = await ownershipDatabase(databases);
  const catalog = new ChangingCatalog([
    ...ORGANISATION,
    service('orders', 'payments'),
    ...more,
  ]);
  const logger = mockServices.logger.mock();
  const { sync, leaverStore } = createProjection({
    knex,
    auth: mockServices.auth(),
    catalog: catalog.service,
    logger,
    directory: '/nowhere',
  });
  await sync.syncAll();
  const handler = {
    left: jest.fn(async () => ['1 access token was revoked.']),
  };
  const notifications = { send: jest.fn(async () => {}) };
  const leavers = new LeaverService({
    leaverStore,
    handlers: [handler],
    notifications,
    logger,
    onChange: () => {},
    afterMs: MINUTE_MS,
  });
  const list = async () =>
    (await leaverStore.list({ limit: 100 })).items.map(
      ({ person, state, touched }) => ({ person, state, touched }),
    );
  return {
    knex,
    catalog,
    sync,
    store: leaverStore,
    handler,
    notifications,
    list,
    /** Looks when a minute has passed. */
    look: () => leavers.look(new Date(Date.now() + 2 * MINUTE_MS)),
    lookAtOnce: () => leavers.look(),
  };
}

describe('leavers', () => {
  it('are noticed with their teams, and have what they had taken back after a minute', async () => {
    const one = await start();
    one.catalog.remove(IDRIS);
    await one.sync.sync([IDRIS]);
    await one.knex('findings').update({ assignee: IDRIS });
    expect(await one.list()).toMatchObject([{ state: 'noticed' }]);

    await one.lookAtOnce();
    expect(one.handler.left).not.toHaveBeenCalled();

    await one.look();
    await one.look();
    expect(one.handler.left.mock.calls).toEqual([
      [{ person: IDRIS, teams: [PAYMENTS] }],
    ]);
    expect(await one.list()).toEqual([
      {
        person: IDRIS,
        state: 'done',
        touched: [
          '1 access token was revoked.',
          '1 work item that they looked after is nobody’s now.',
        ],
      },
    ]);
    expect(one.notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: [PAYMENTS] },
        payload: expect.objectContaining({ title: 'Idris left' }),
      }),
    );
    // Mara is alone now, and that is a work item.
    expect(
      await one.knex('findings').where({ kind: 'single-point' }),
    ).toMatchObject([{ entity_ref: 'component:default/orders' }]);
  });

  it('keep what they have where they come back in time', async () => {
    const one = await start();
    one.catalog.remove(IDRIS);
    await one.sync.syncAll();
    one.catalog.put(...ORGANISATION);
    await one.sync.syncAll();
    await one.look();
    expect(one.handler.left).not.toHaveBeenCalled();
    expect(await one.list()).toMatchObject([{ state: 'returned' }]);
  });

  it('are tried again where something fails', async () => {
    const one = await start();
    one.handler.left.mockRejectedValueOnce(new Error('The forge is down.'));
    one.catalog.remove(IDRIS);
    await one.sync.syncAll();
    await one.look();
    expect(await one.list()).toMatchObject([{ state: 'noticed' }]);
    await one.look();
    expect(await one.list()).toMatchObject([{ state: 'done' }]);
  });

  it('are held where a source has rather failed, until somebody says that they left', async () => {
    const crowd = Array.from({ length: 6 }, (_, index) =>
      entity('User', `temp-${index}`, { memberOf: ['growth'] }),
    );
    const one = await start(...crowd);
    one.catalog.remove(
      ...crowd.map(({ metadata }) => `user:default/${metadata.name}`),
    );
    await one.sync.syncAll();
    await one.look();
    await one.look();
    expect(one.handler.left).not.toHaveBeenCalled();
    const held = (await one.store.list({ limit: 4 })).items;
    expect(held.map(({ state }) => state)).toEqual(
      Array.from({ length: 4 }, () => 'held'),
    );
    await one.store.confirm(
      held.map(({ id }) => id),
      'user:default/mara',
    );
    await one.lookAtOnce();
    expect(one.handler.left).toHaveBeenCalledTimes(4);
    // The source is mended: the others are back.
    one.catalog.put(...crowd);
    await one.sync.syncAll();
    const states = (await one.list()).map(({ state }) => state);
    expect(states.toSorted()).toEqual([
      'done',
      'done',
      'done',
      'done',
      'returned',
      'returned',
    ]);
  });

  it('leave a work item where a file names them for a role', async () => {
    const one = await start(
      entity(
        'Component',
        'cart',
        { owner: 'logistics' },
        { 'slipway.dev/technical-lead': IDRIS },
      ),
    );
    one.catalog.remove(IDRIS);
    await one.sync.sync([IDRIS]);
    expect(
      await one.knex('findings').where({ kind: 'vacant-role' }),
    ).toMatchObject([
      {
        entity_ref: 'component:default/cart',
        owner: 'group:default/logistics',
      },
    ]);
  });
});
