import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { SeenCall } from '@slipway/plugin-ownership-node';
import { ownershipDatabase } from '../__testUtils__/database';
import { DependencyStore } from './DependencyStore';
import { SeenCalls } from './SeenCalls';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SHOP = 'component:default/shop';
const ORDERS = 'component:default/orders';
const DAY_MS = 24 * 60 * 60_000;

describe('calls that were seen', () => {
  it('are dependencies beside those that are declared, until nobody has called for a month', async () => {
    const knex = await ownershipDatabase(databases);
    await knex('dependencies').insert({
      dependent_ref: SHOP,
      dependency_ref: ORDERS,
      origin: 'declared',
      stated_by: SHOP,
    });
    const now = new Date();
    const at = (days: number) =>
      new Date(now.getTime() - days * DAY_MS).toISOString();
    let calls: SeenCall[] = [
      { from: SHOP, to: ORDERS, at: at(1) },
      { from: SHOP, to: ORDERS, at: at(2) },
      { from: ORDERS, to: ORDERS, at: at(0) },
    ];
    const logger = mockServices.logger.mock();
    const onChange = jest.fn();
    const seen = new SeenCalls({
      knex,
      logger,
      onChange,
      sources: [
        {
          calls: async () => {
            throw new Error('It is away.');
          },
        },
        { calls: async () => calls },
      ],
    });
    const edges = () => new DependencyStore(knex).edges([SHOP, ORDERS]);
    await seen.look(now);
    expect(await edges()).toEqual([
      { from: SHOP, to: ORDERS, origins: ['declared', 'seen'] },
    ]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('It is away.'),
    );
    await seen.look(now);
    expect(onChange).toHaveBeenCalledTimes(1);
    calls = [];
    await seen.look(new Date(now.getTime() + 28 * DAY_MS));
    expect((await edges())[0].origins).toContain('seen');
    await seen.look(new Date(now.getTime() + 30 * DAY_MS));
    expect((await edges())[0].origins).toEqual(['declared']);
    expect(onChange).toHaveBeenCalledTimes(2);
  });
});
