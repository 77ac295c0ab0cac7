import { TestDatabases } from '@backstage/backend-test-utils';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import {
  allowAll,
  noSecrets,
  platformDatabase,
  startEngine,
} from '../../__testUtils__/engine';
import {
  ended,
  gate,
  kindOf,
  request,
  useEngines,
} from '../../__testUtils__/runs';
import { until } from '../../__testUtils__/until';
import { endAttempt } from '../store/endAttempt';
import { insertRun } from '../store/insertRun';
import { startNextRun } from '../store/startNextRun';

jest.setTimeout(60_000);

const DEAD_ENGINE = '00000000-0000-4000-8000-00000000dead';
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('RunEngine', () => {
  const { start, database } = useEngines(() => platformDatabase(databases));

  it('executes steps in the order of their dependencies and hands outputs on', async () => {
    const { runs } = await start(
      kindOf([
        { id: 'a', title: 'A', execute: async () => ({ a: 1 }) },
        {
          id: 'b',
          title: 'B',
          dependsOn: ['a'],
          execute: async ({ output }) => ({ b: Number(output('a').a) + 1 }),
        },
        {
          id: 'c',
          title: 'C',
          dependsOn: ['a'],
          execute: async ({ log }) => log('from c'),
        },
        {
          id: 'd',
          title: 'D',
          dependsOn: ['b', 'c'],
          execute: async ({ output }) => ({ d: Number(output('b').b) + 1 }),
        },
      ]),
    );
    const run = await ended(runs, (await runs.start(request())).id);
    expect(run).toMatchObject({
      state: 'succeeded',
      output: { a: 1, b: 2, d: 3 },
      steps: ['a', 'b', 'c', 'd'].map(id => ({ id, state: 'succeeded' })),
    });
  });

  it('tries again after an error, and not after a final one', async () => {
    let tries = 0;
    let finals = 0;
    const { runs } = await start(
      kindOf([
        {
          id: 'shaky',
          title: 'Shaky',
          retry: { attempts: 3, delayMs: 10 },
          execute: async () => {
            tries += 1;
            if (tries < 3) {
              throw new Error('not yet');
            }
          },
        },
        {
          id: 'final',
          title: 'Final',
          execute: async () => {
            finals += 1;
            throw new OperationFailedError({
              message: 'Broken file.',
              hint: 'Mend it.',
            });
          },
        },
        { id: 'after', title: 'After', execute: async () => {} },
      ]),
    );
    const run = await ended(runs, (await runs.start(request())).id);
    expect([tries, finals]).toEqual([3, 1]);
    expect(run).toMatchObject({
      state: 'failed',
      failure: { message: 'Broken file.', hint: 'Mend it.' },
      steps: [
        { id: 'shaky', state: 'succeeded', attempt: 3 },
        { id: 'final', state: 'failed' },
        { id: 'after', state: 'skipped' },
      ],
    });
  });

  it('goes on from the failed step on retry, and tells the kind of each end', async () => {
    let broken = true;
    const first = jest.fn(async () => ({ done: true }));
    const endings: string[] = [];
    const { runs } = await start(
      kindOf(
        [
          { id: 'first', title: 'First', execute: first },
          {
            id: 'second',
            title: 'Second',
            execute: async () => {
              if (broken) {
                throw new OperationFailedError({ message: 'No.' });
              }
            },
          },
        ],
        {
          ended: async ({ state }) => {
            endings.push(state);
          },
        },
      ),
    );
    const { id } = await runs.start(request());
    expect((await ended(runs, id)).state).toBe('failed');
    broken = false;
    await runs.retry(id);
    expect((await ended(runs, id)).state).toBe('succeeded');
    expect(first).toHaveBeenCalledTimes(1);
    await expect(runs.retry(id)).rejects.toThrow(/succeeded/);
    await until(() => endings.length === 2);
    expect(endings).toEqual(['failed', 'succeeded']);
  });

  it('lets one run at a time act on a target, and shows the others their place', async () => {
    const { open, opened } = gate();
    let active = 0;
    let most = 0;
    const { runs } = await start(
      kindOf([
        {
          id: 'work',
          title: 'Work',
          execute: async () => {
            active += 1;
            most = Math.max(most, active);
            await opened;
            active -= 1;
          },
        },
      ]),
    );
    const first = await runs.start(request('shared'));
    const second = await runs.start(request('shared'));
    const third = await runs.start(request('shared', { priority: 1 }));
    expect((await runs.get(second.id)).queue).toEqual({
      place: 2,
      behindRunId: third.id,
      behindTitle: 'Test',
    });
    expect((await runs.get(third.id)).queue).toEqual({
      place: 1,
      behindRunId: first.id,
      behindTitle: 'Test',
    });
    open();
    const all = await Promise.all(
      [first, second, third].map(({ id }) => ended(runs, id)),
    );
    expect(all.map(({ state }) => state)).toEqual(Array(3).fill('succeeded'));
    expect(all[2].startedAt! < all[1].startedAt!).toBe(true);
    expect(most).toBe(1);
  });

  it('cancels a queued run at once and a running one through its signal', async () => {
    const { runs } = await start(
      kindOf([
        {
          id: 'work',
          title: 'Work',
          execute: ({ signal }) =>
            new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason));
            }),
        },
        { id: 'after', title: 'After', execute: async () => {} },
      ]),
    );
    const running = await runs.start(request('shared'));
    const queued = await runs.start(request('shared'));
    await until(async () => {
      const { steps } = await runs.get(running.id);
      return steps[0].state === 'running';
    });
    expect((await runs.cancel(queued.id)).state).toBe('cancelled');
    await runs.cancel(running.id);
    expect(await ended(runs, running.id)).toMatchObject({
      state: 'cancelled',
      steps: [{ state: 'cancelled' }, { state: 'cancelled' }],
    });
    await expect(runs.cancel(running.id)).rejects.toThrow(/cancelled/);
  });

  it('starts one run for one idempotency key', async () => {
    const { runs } = await start(
      kindOf([{ id: 'work', title: 'Work', execute: async () => {} }]),
    );
    const record = jest.fn();
    const [first, second] = await Promise.all([
      runs.start(request('x', { idempotencyKey: 'once' }), record),
      runs.start(request('x', { idempotencyKey: 'once' }), record),
    ]);
    expect(first.id).toBe(second.id);
    expect(record).toHaveBeenCalledTimes(1);
  });

  it('lets another engine go on at once when one stops, and drops what the old one still does', async () => {
    const { open, opened } = gate();
    const done: string[] = [];
    const kindFor = (name: string, wait: Promise<void>) =>
      kindOf([
        {
          id: 'work',
          title: 'Work',
          execute: async () => {
            await wait;
            done.push(name);
            return { by: name };
          },
        },
      ]);
    const old = await startEngine(database(), [kindFor('old', opened)]);
    const { id } = await old.service.start(request());
    await until(async () => {
      const { steps } = await old.service.get(id);
      return steps[0].state === 'running';
    });
    await old.stop();
    const { runs } = await start(kindFor('new', Promise.resolve()));
    const run = await ended(runs, id);
    open();
    await until(() => done.length === 2);
    expect(run.steps[0]).toMatchObject({ attempt: 2, output: { by: 'new' } });
    expect((await runs.get(id)).output).toEqual({ by: 'new' });
  });

  it('takes over a step whose engine is gone, and fences that engine off', async () => {
    const { runs } = await start(
      kindOf([
        { id: 'work', title: 'Work', execute: async () => ({ by: 'engine' }) },
      ]),
    );
    const knex: Knex = database();
    const claim = { holder: DEAD_ENGINE, leaseMs: 1, free: 1 };
    const { decision } = await allowAll.decide({ stage: 'plan' } as never);
    const [lease] = await knex.transaction(async trx => {
      await insertRun(trx, {
        ...request(),
        id: '00000000-0000-4000-8000-000000000001',
        state: 'queued',
        kindVersion: 1,
        title: 'Left behind',
        priority: 0,
        changes: [],
        approvals: [],
        decision,
        steps: [{ id: 'work', title: 'Work', dependsOn: [], undoable: false }],
      });
      return (await startNextRun(trx, 'somewhere', claim))!.leases;
    });
    const run = await ended(runs, lease.run.id);
    expect(run).toMatchObject({ state: 'succeeded', output: { by: 'engine' } });
    const late = await knex.transaction(trx =>
      endAttempt(
        trx,
        lease,
        { state: 'succeeded', output: { by: 'dead' } },
        noSecrets,
        claim,
      ),
    );
    expect(late).toBeUndefined();
    expect((await runs.get(run.id)).output).toEqual({ by: 'engine' });
  });

  it('works on although as many steps as it has places only listen to other processes', async () => {
    const { open, opened } = gate();
    const { runs } = await start(
      kindOf([
        {
          id: 'listen',
          title: 'Listen',
          elsewhere: true,
          execute: () => opened,
        },
      ]),
      kindOf([{ id: 'work', title: 'Work', execute: async () => {} }], {
        id: 'other',
      }),
    );
    const listening = await Promise.all(
      Array.from({ length: 45 }, (_, index) =>
        runs.start(request(`t${index}`)),
      ),
    );
    const { id } = await runs.start(request('other', { kind: 'other' }));
    expect((await ended(runs, id)).state).toBe('succeeded');
    open();
    expect((await ended(runs, listening[44].id)).state).toBe('succeeded');
  });

  it('pages through runs without missing or repeating one', async () => {
    const { runs } = await start(
      kindOf([{ id: 'work', title: 'Work', execute: async () => {} }]),
    );
    const ids = new Set<string>();
    for (let index = 0; index < 7; index += 1) {
      ids.add((await runs.start(request(`target-${index}`))).id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await runs.list({ kind: 'test' }, { limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(ids);
    await expect(runs.list({}, { limit: 3, cursor: 'mine' })).rejects.toThrow(
      /cursor/,
    );
  });
});
