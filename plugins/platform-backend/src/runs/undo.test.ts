import { TestDatabases } from '@backstage/backend-test-utils';
import {
  OperationFailedError,
  type StepDefinition,
} from '@slipway/plugin-platform-node';
import { platformDatabase } from '../__testUtils__/engine';
import {
  ended,
  gate,
  kindOf,
  request,
  useEngines,
} from '../__testUtils__/runs';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = { userRef: 'user:default/mara' };

describe('undo', () => {
  const { start } = useEngines(() => platformDatabase(databases));

  function makes(
    id: string,
    calls: string[],
    more: Partial<StepDefinition> = {},
  ): StepDefinition {
    return {
      id,
      title: `Make ${id}`,
      execute: async () => {
        calls.push(`make ${id}`);
        return { made: id };
      },
      undo: async ({ done }) => {
        calls.push(`undo ${id} ${done?.made ?? 'half done'}`);
      },
      remains: () => [`thing ${id}`],
      ...more,
    };
  }

  const fails: StepDefinition = {
    id: 'fail',
    title: 'Fail',
    execute: async () => {
      throw new OperationFailedError({ message: 'No.' });
    },
  };

  it('takes back every attempted step after all that depend on it, and forgets what remained', async () => {
    const calls: string[] = [];
    const { runs } = await start(
      kindOf([
        makes('a', calls),
        makes('b', calls, { dependsOn: ['a'] }),
        makes('c', calls, { dependsOn: ['a'] }),
        makes('d', calls, {
          dependsOn: ['b', 'c'],
          execute: fails.execute,
        }),
        makes('never', calls, { dependsOn: ['d'] }),
      ]),
    );
    const { id } = await runs.start(request());
    const failed = await ended(runs, id);
    expect(failed.remains).toEqual([
      { stepId: 'a', what: 'thing a', certain: true },
      { stepId: 'b', what: 'thing b', certain: true },
      { stepId: 'c', what: 'thing c', certain: true },
      { stepId: 'd', what: 'thing d', certain: false },
    ]);
    calls.length = 0;
    await runs.undo(id, mara);
    expect(await ended(runs, id)).toMatchObject({
      state: 'undone',
      phase: 'undo',
      remains: [],
    });
    expect(calls[0]).toBe('undo d half done');
    expect(calls.slice(1, 3).sort()).toEqual(['undo b b', 'undo c c']);
    expect(calls[3]).toBe('undo a a');
    await expect(runs.undo(id, mara)).rejects.toThrow(/undone/);
    await expect(runs.retry(id)).rejects.toThrow(/undone/);
  });

  it('goes on undoing on retry where undoing failed, and lists what remains meanwhile', async () => {
    const calls: string[] = [];
    let broken = true;
    const { runs } = await start(
      kindOf([
        makes('a', calls, {
          undo: async () => {
            if (broken) {
              throw new OperationFailedError({ message: 'Still in use.' });
            }
          },
        }),
        makes('b', calls),
        fails,
      ]),
    );
    const { id } = await runs.start(request());
    await ended(runs, id);
    await runs.undo(id, mara);
    expect(await ended(runs, id)).toMatchObject({
      state: 'failed',
      failure: { message: 'Still in use.' },
      remains: [{ what: 'thing a' }],
    });
    await expect(runs.undo(id, mara)).rejects.toThrow(/Retry/);
    broken = false;
    calls.length = 0;
    await runs.retry(id, mara);
    expect((await ended(runs, id)).state).toBe('undone');
    expect(calls).toEqual([]);
  });

  it("can't be cancelled once it has begun, and can before", async () => {
    const { open, opened } = gate();
    const calls: string[] = [];
    const { runs } = await start(
      kindOf([
        makes('a', calls, {
          undo: async () => {
            await opened;
          },
        }),
        fails,
      ]),
    );
    const first = await runs.start(request('shared'));
    await ended(runs, first.id);
    const second = await runs.start(request('shared'));
    await ended(runs, second.id);
    await runs.undo(first.id, mara);
    await until(async () => (await runs.get(first.id)).state === 'undoing');
    await expect(runs.cancel(first.id)).rejects.toThrow(/being undone/);
    const queued = await runs.undo(second.id, mara);
    expect(queued).toMatchObject({ state: 'queued', queue: { place: 1 } });
    expect(await runs.cancel(second.id)).toMatchObject({
      state: 'cancelled',
      phase: 'do',
      remains: [{ what: 'thing a' }],
    });
    open();
    expect((await ended(runs, first.id)).state).toBe('undone');
    await runs.undo(second.id, mara);
    expect((await ended(runs, second.id)).state).toBe('undone');
  });

  it('gives up with a list of what remains, and then no more goes on', async () => {
    const { runs } = await start(kindOf([makes('a', []), fails]));
    const { id } = await runs.start(request());
    await ended(runs, id);
    expect(await runs.giveUp(id, mara)).toMatchObject({
      state: 'failed',
      givenUp: { by: 'user:default/mara' },
      remains: [{ what: 'thing a', certain: true }],
    });
    await expect(runs.retry(id)).rejects.toThrow(/given up/);
    await expect(runs.undo(id, mara)).rejects.toThrow(/given up/);
  });

  it('says so where there is nothing to undo', async () => {
    const { runs } = await start(kindOf([fails]));
    const { id } = await runs.start(request());
    await ended(runs, id);
    await expect(runs.undo(id, mara)).rejects.toThrow(/Nothing of this run/);
  });
});
