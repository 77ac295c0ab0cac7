import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { SourcedChange } from '@slipway/plugin-ownership-node';
import { ownershipDatabase } from '../__testUtils__/database';
import { HistoryStore } from './HistoryStore';
import { SourcedHistory } from './SourcedHistory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ORDERS = 'component:default/orders';

function release(minute: number, key = `deployment:${minute}`): SourcedChange {
  return {
    key,
    entityRef: ORDERS,
    at: new Date(Date.UTC(2026, 10, 27, 0, minute)).toISOString(),
    actor: 'user:default/mara',
    changes: [{ field: 'release in prod', after: `v${minute}` }],
  };
}

describe('what others know of the history of an entity', () => {
  it('stands where it belongs in time, and once, also where it is told late', async () => {
    const knex = await ownershipDatabase(databases);
    const history = new HistoryStore(knex);
    const changes = Array.from({ length: 600 }, (_, minute) => release(minute));
    const logger = mockServices.logger.mock();
    const onChange = jest.fn();
    let isAway = true;
    const sourced = new SourcedHistory({
      history,
      logger,
      onChange,
      source: {
        changes: async ({ at = '', key = '' }, limit) => {
          if (isAway) {
            throw new Error('It is away.');
          }
          return changes
            .filter(one => one.at > at || (one.at === at && one.key > key))
            .slice(0, limit);
        },
      },
    });
    await sourced.look();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    isAway = false;
    await sourced.look();
    await history.add(
      knex,
      [{ entityRef: ORDERS, action: 'changed', changes: [] }],
      { at: new Date(release(598).at), actor: 'catalog' },
    );
    // It began before the last one, and ended after it.
    changes.splice(598, 0, release(597, 'deployment:late'));
    await sourced.look();
    await sourced.look();
    expect(onChange).toHaveBeenCalledTimes(2);
    const first = await history.list(ORDERS, { limit: 3 });
    const second = await history.list(ORDERS, {
      limit: 3,
      cursor: first.nextCursor,
    });
    expect(
      [...first.items, ...second.items].map(({ changes: [change] }) =>
        change ? change.after : 'catalog',
      ),
    ).toEqual(['v599', 'catalog', 'v598', 'v597', 'v597', 'v596']);
    const [{ count }] = await knex('entity_changes').count();
    expect(Number(count)).toBe(602);
  });
});
