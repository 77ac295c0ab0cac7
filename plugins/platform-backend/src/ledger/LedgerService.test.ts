import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { platformDatabase } from '../__testUtils__/engine';
import { ended, kindOf, request, useEngines } from '../__testUtils__/runs';
import { LedgerService } from './LedgerService';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const PAYMENTS = 'group:default/payments';
const GROWTH = 'group:default/growth';

/** A run that ended so many days ago, with its times in people, queue, machines and work. */
function endedRun(
  knex: Knex,
  daysAgo: number,
  [people, queue, machines, work]: number[],
  more: Record<string, unknown> = {},
) {
  return {
    id: randomUUID(),
    kind: 'deploy',
    kind_version: 1,
    title: 'Deploy',
    target: randomUUID(),
    state: 'succeeded',
    requested_by: 'user:default/mara',
    owner: PAYMENTS,
    environment: 'dev',
    input: '{}',
    people_ms: people,
    queue_ms: queue,
    machines_ms: machines,
    work_ms: work,
    started_at: knex.fn.now(),
    ended_at: knex.raw(`now() - ? * interval '24 hours'`, [daysAgo]),
    ...more,
  };
}

describe('the wait ledger', () => {
  const engines = useEngines(() => platformDatabase(databases));

  async function setUp() {
    const knex = engines.database();
    await knex('runs').insert([
      endedRun(knex, 0, [0, 10, 100, 1_000]),
      endedRun(knex, 1, [60_000, 20, 200, 2_000], { environment: 'prod' }),
      endedRun(knex, 2, [0, 60, 600, 6_000], { golden_path: 'template:a' }),
      endedRun(knex, 3, [0, 0, 0, 5_000], { owner: GROWTH, kind: 'pipeline' }),
      // Rejected before it began: that was waiting for people all the same.
      endedRun(knex, 4, [9_000, 0, 0, 0], {
        owner: GROWTH,
        state: 'cancelled',
        started_at: null,
      }),
      // Not counted: too long ago, not ended, a plan that was never started.
      endedRun(knex, 31, [7, 7, 7, 7]),
      endedRun(knex, 0, [7, 7, 7, 7], { ended_at: null, state: 'running' }),
      endedRun(knex, 0, [0, 0, 0, 0], { state: 'cancelled', started_at: null }),
    ]);
    return new LedgerService(knex);
  }

  it('sums up and takes medians, for all and for each team', async () => {
    const ledger = await setUp();
    expect(await ledger.get({})).toEqual({
      days: 30,
      groupedBy: 'owner',
      all: {
        key: undefined,
        runs: 5,
        withoutPeople: 3,
        total: { people: 69_000, queue: 90, machines: 900, work: 14_000 },
        median: { people: 0, queue: 10, machines: 100, work: 2_000 },
      },
      groups: [
        {
          key: PAYMENTS,
          runs: 3,
          withoutPeople: 2,
          total: { people: 60_000, queue: 90, machines: 900, work: 9_000 },
          median: { people: 0, queue: 20, machines: 200, work: 2_000 },
        },
        {
          key: GROWTH,
          runs: 2,
          withoutPeople: 1,
          total: { people: 9_000, queue: 0, machines: 0, work: 5_000 },
          median: { people: 4_500, queue: 0, machines: 0, work: 2_500 },
        },
      ],
    });
  });

  it('groups by environment, golden path and kind', async () => {
    const ledger = await setUp();
    const keys = async (groupedBy: 'environment' | 'goldenPath' | 'kind') => {
      const { groups } = await ledger.get({ groupedBy });
      return groups.map(({ key, runs }) => [key, runs]);
    };
    expect(await keys('environment')).toEqual([
      ['prod', 1],
      ['dev', 4],
    ]);
    expect(await keys('goldenPath')).toEqual([
      [undefined, 4],
      ['template:a', 1],
    ]);
    expect(await keys('kind')).toEqual([
      ['deploy', 4],
      ['pipeline', 1],
    ]);
  });

  it('looks at some days and some teams only', async () => {
    const ledger = await setUp();
    expect((await ledger.get({ days: 1 })).all.runs).toBe(1);
    expect((await ledger.get({ days: 40 })).all.runs).toBe(6);
    const growth = await ledger.get({ owner: [GROWTH] });
    expect(growth.all.runs).toBe(2);
    expect(growth.groups.map(({ key }) => key)).toEqual([GROWTH]);
  });

  it('is all zeros where nothing ended', async () => {
    const ledger = await setUp();
    const none = { people: 0, queue: 0, machines: 0, work: 0 };
    expect(await ledger.get({ owner: ['group:default/nobody'] })).toEqual({
      days: 30,
      groupedBy: 'owner',
      all: {
        key: undefined,
        runs: 0,
        withoutPeople: 0,
        total: none,
        median: none,
      },
      groups: [],
    });
  });

  it('refuses what makes no sense', async () => {
    const ledger = await setUp();
    for (const days of [0, -1, 1.5, 367, Number.NaN]) {
      await expect(ledger.get({ days })).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('whole number from 1 to 366'),
      });
    }
    await expect(
      ledger.get({ groupedBy: 'title' as 'owner' }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('counts what the engine counted', async () => {
    const { runs } = await engines.start(
      kindOf([{ id: 'work', title: 'Work', execute: async () => ({}) }]),
    );
    const { id } = await runs.start(request());
    const { times } = await ended(runs, id);
    const { all } = await new LedgerService(engines.database()).get({});
    expect(all).toMatchObject({ runs: 1, withoutPeople: 1, total: times });
  });

  it('finds the runs of a period by an index', async () => {
    const knex = engines.database();
    await knex.raw(
      `INSERT INTO runs (id, kind, kind_version, title, target, state, requested_by, owner, input, started_at, ended_at, work_ms)
       SELECT gen_random_uuid(), 'deploy', 1, 'Deploy', 'target:' || n, 'succeeded', 'user:default/mara',
         'group:default/team-' || n % 20, '{}', now(), now() - n * interval '1 hour', n
       FROM generate_series(1, 20000) AS n`,
    );
    await knex.raw('ANALYZE runs');
    const { all } = await new LedgerService(knex).get({ days: 30 });
    expect(all.runs).toBe(30 * 24 - 1);
    const { rows } = await knex.raw(
      `EXPLAIN SELECT sum(work_ms) FROM runs WHERE ended_at > now() - 30 * interval '24 hours'`,
    );
    expect(JSON.stringify(rows)).toContain('runs_ended_at_index');
  });
});
