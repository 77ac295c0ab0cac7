import { TestDatabases } from '@backstage/backend-test-utils';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { until } from '../../__testUtils__/until';
import { useResources } from '../__testUtils__/useResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

describe('what the platform does for resources by itself', () => {
  const { platform, beside, restart } = useResources(databases);

  /** Lets time pass for a resource: moves these times into the past. */
  async function passes(id: string, ...columns: string[]) {
    await platform()
      .knex('resources')
      .where({ id })
      .update(Object.fromEntries(columns.map(name => [name, new Date(0)])));
  }

  async function stateBecomes(id: string, state: string) {
    await until(async () => (await platform().service.get(id)).state === state);
  }

  it('warns a day before the end, or after three quarters of a shorter life', async () => {
    for (const [timeToLiveMs, warning] of [
      [7 * DAY_MS, DAY_MS],
      [4 * HOUR_MS, HOUR_MS],
    ]) {
      const { id } = await platform().provision({
        name: `lives-${timeToLiveMs}`,
        timeToLiveMs,
      });
      const row = await platform().knex('resources').where({ id }).first();
      expect(row.expires_at - row.warn_at).toBe(warning);
    }
  });

  it('warns the owner once, names what goes with it, and again after it was extended', async () => {
    const resource = await platform().provision({ timeToLiveMs: HOUR_MS });
    await platform().connect(resource, 'orders');
    const other = await beside();
    const news = () => [...platform().news, ...other.news];
    await passes(resource.id, 'warn_at');
    await until(() => news().length > 0);
    expect(news()).toEqual([
      `group:default/payments: database ledger in dev expires at ${resource.expiresAt}`,
    ]);
    const until2 = new Date(Date.now() + 2 * HOUR_MS).toISOString();
    await platform().perform('extend', {
      resourceId: resource.id,
      until: until2,
    });
    await passes(resource.id, 'warn_at');
    await until(() => news().length > 1);
    expect(news()[1]).toContain(until2);
  });

  it('destroys what has expired, with what uses it, in one run however many backends there are', async () => {
    const resource = await platform().provision({ timeToLiveMs: HOUR_MS });
    const { id } = resource;
    await platform().connect(resource, 'orders');
    await beside();
    await passes(id, 'expires_at');
    await stateBecomes(id, 'deleted');
    const { items } = await platform().runs.list(
      { kind: RESOURCE_RUN_KINDS.destroy },
      { limit: 5 },
    );
    expect(items).toMatchObject([
      {
        requestedBy: 'service:default/platform',
        input: { resourceId: id, withConnected: true },
      },
    ]);
  });

  it('purges what was kept for long enough', async () => {
    const { id } = await platform().provision();
    await platform().perform('destroy', { resourceId: id });
    await passes(id, 'purge_at');
    await stateBecomes(id, 'destroyed');
    expect(platform().test.things.size).toBe(0);
  });

  it('tells the owner where that fails, and does not try for ever', async () => {
    const { id } = await platform().provision({ timeToLiveMs: HOUR_MS });
    platform().test.mishaps = ['refuses'];
    await passes(id, 'expires_at');
    await until(() => platform().news.length > 0);
    expect(platform().news).toEqual([
      'group:default/payments: database ledger in dev could not be taken away',
    ]);
    expect(await platform().service.get(id)).toMatchObject({
      state: 'failed',
      failure: { message: 'The disk is full.' },
    });
    const other = await platform().provision({
      name: 'other',
      timeToLiveMs: 1,
    });
    await stateBecomes(other.id, 'deleted');
    expect(
      platform().test.calls.filter(call => call === 'suspend ledger'),
    ).toEqual(['suspend ledger']);
  });

  it('finds drift now and then, and tells the owner once for each', async () => {
    await restart({ driftEveryMs: 200 });
    const { id } = await platform().provision();
    const { test, news, service } = platform();
    test.of({ id }).connections = 3;
    await until(() => news.length > 0);
    expect((await service.get(id)).drift).toMatchObject({ missing: false });
    const seen = (await service.get(id)).checkedAt;
    await until(async () => (await service.get(id)).checkedAt !== seen);
    test.of({ id }).connections = 4;
    await until(() => news.length > 1);
    test.of({ id }).connections = 10;
    await until(async () => (await service.get(id)).drift === undefined);
    test.of({ id }).connections = 4;
    await until(() => news.length > 2);
    expect(news).toEqual(
      Array(3).fill(
        'group:default/payments: database ledger in dev was changed, though nobody changed it here',
      ),
    );
  });

  it('tells the owner once what is wrong with one that is as it was asked for, and again once it was well', async () => {
    await restart({ driftEveryMs: 200 });
    const { id } = await platform().provision();
    const { test, news, service } = platform();
    const warningIs = (warning: string | undefined) =>
      until(async () => (await service.get(id)).warning === warning);
    for (const warning of ['It is full.', 'It is fuller.', undefined]) {
      test.warning = warning;
      await warningIs(warning);
    }
    expect(news).toHaveLength(1);
    test.warning = 'It is full.';
    await until(() => news.length > 1);
    expect(news).toEqual(
      Array(2).fill('group:default/payments: database ledger in dev needs you'),
    );
    expect((await service.get(id)).drift).toBeUndefined();
  });

  it('tells later what nobody could be told', async () => {
    let mute = true;
    await restart({ driftEveryMs: 200, mute: () => mute });
    const { id } = await platform().provision();
    platform().test.of({ id }).connections = 3;
    await until(
      async () => (await platform().service.get(id)).drift !== undefined,
    );
    expect(platform().news).toEqual([]);
    mute = false;
    await until(() => platform().news.length > 0);
    expect(platform().news).toHaveLength(1);
  });

  it('announces what a backend that died did not announce', async () => {
    const { id } = await platform().provision();
    await until(
      async () =>
        (
          await platform()
            .knex('resources')
            .whereRaw('announced < version')
            .select('id')
        ).length === 0,
    );
    await platform()
      .knex('resources')
      .where({ id })
      .update({ version: 99, changed_at: new Date(0) });
    const before = platform().events.length;
    await until(() => platform().events.length > before);
    expect(platform().events.at(-1)).toEqual({
      resourceId: id,
      state: 'ready',
    });
  });
});
