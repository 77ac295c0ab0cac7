import { TestDatabases } from '@backstage/backend-test-utils';
import {
  OperationFailedError,
  waitForApproval,
  waitForEvent,
  waitUntil,
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
import type { RunService } from './RunService';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Waits until a run waits, and answers it. */
async function waiting(runs: RunService, id: string) {
  await until(async () => (await runs.get(id)).state === 'waiting');
  return runs.get(id);
}

describe('waits', () => {
  const { start, database } = useEngines(() => platformDatabase(databases));

  const leases = async () => {
    const [{ count }] = await database()('run_steps')
      .where({ state: 'running' })
      .count();
    return Number(count);
  };

  it('holds no worker, and resumes once however often the event arrives, from any backend', async () => {
    let executions = 0;
    const kind = kindOf([
      {
        id: 'build',
        title: 'Build',
        execute: async ({ resumed }) => {
          executions += 1;
          return resumed
            ? { ...resumed.payload, outcome: resumed.outcome }
            : waitForEvent({
                key: 'build:1',
                reason: 'the build',
                timeoutMs: 60_000,
              });
        },
      },
    ]);
    const first = await start(kind);
    const second = await start(kind);
    const { id } = await first.runs.start(request());
    expect(await waiting(first.runs, id)).toMatchObject({
      activity: { name: 'machines' },
      steps: [{ state: 'waiting' }],
      waits: [{ kind: 'event', state: 'open', reason: 'the build' }],
    });
    expect(await leases()).toBe(0);
    await Promise.all(
      [first, second, first, second].map(({ waits }) =>
        waits.eventHappened('build:1', { digest: 'abc' }),
      ),
    );
    expect((await ended(first.runs, id)).output).toEqual({
      digest: 'abc',
      outcome: 'resumed',
    });
    expect(executions).toBe(2);
  });

  it('finds an event that came before its wait', async () => {
    const { open, opened } = gate();
    const { runs, waits } = await start(
      kindOf([
        {
          id: 'build',
          title: 'Build',
          execute: async ({ resumed }) => {
            await opened;
            return (
              resumed?.payload ??
              waitForEvent({ key: 'early', reason: 'it', timeoutMs: 60_000 })
            );
          },
        },
      ]),
    );
    const { id } = await runs.start(request());
    await waits.eventHappened('early', { bird: true });
    open();
    expect((await ended(runs, id)).output).toEqual({ bird: true });
  });

  it('tells a step that its event did not come in time', async () => {
    const { runs } = await start(
      kindOf([
        {
          id: 'build',
          title: 'Build',
          execute: async ({ resumed }) =>
            resumed
              ? { outcome: resumed.outcome }
              : waitForEvent({ key: 'never', reason: 'it', timeoutMs: 10 }),
        },
      ]),
    );
    const { id } = await runs.start(request());
    expect((await ended(runs, id)).output).toEqual({ outcome: 'expired' });
  });

  it('waits for a time, beside steps that work', async () => {
    const { runs } = await start(
      kindOf([
        {
          id: 'bake',
          title: 'Bake',
          dependsOn: [],
          execute: async ({ resumed }) =>
            resumed
              ? { baked: true }
              : waitUntil(new Date(Date.now() + 50), 'it'),
        },
        {
          id: 'beside',
          title: 'Beside',
          dependsOn: [],
          execute: async () => {},
        },
        {
          id: 'after',
          title: 'After',
          dependsOn: ['bake', 'beside'],
          execute: async () => {},
        },
      ]),
    );
    const run = await ended(runs, (await runs.start(request())).id);
    expect(run).toMatchObject({ state: 'succeeded', output: { baked: true } });
    expect(run.times.machines).toBeGreaterThan(0);
  });

  it('takes a callback once, and refuses forged, used and expired ones', async () => {
    const urls: string[] = [];
    const { runs, waits } = await start(
      kindOf([
        {
          id: 'scan',
          title: 'Scan',
          execute: async ({ callback, resumed }) => {
            if (resumed) {
              return { ...resumed.payload };
            }
            const { url, wait } = await callback({
              name: 'scan',
              reason: 'the scanner',
            });
            urls.push(url);
            urls.push(
              (await callback({ name: 'scan', reason: 'the scanner' })).url,
            );
            return wait;
          },
        },
      ]),
    );
    const { id } = await runs.start(request());
    await waiting(runs, id);
    expect(urls[0]).toBe(urls[1]);
    const url = new URL(urls[0]);
    const waitId = url.pathname.split('/').at(-1)!;
    const given = {
      expires: url.searchParams.get('expires')!,
      signature: url.searchParams.get('signature')!,
    };
    await expect(
      waits.callbackReceived(waitId, { ...given, signature: 'x' }, {}),
    ).rejects.toThrow(/signature/);
    await expect(
      waits.callbackReceived(
        waitId,
        { ...given, expires: '9999999999999' },
        {},
      ),
    ).rejects.toThrow(/signature/);
    await waits.callbackReceived(waitId, given, { findings: 0 });
    await expect(
      waits.callbackReceived(waitId, given, { findings: 1 }),
    ).rejects.toThrow(/used before/);
    expect((await ended(runs, id)).output).toEqual({ findings: 0 });
  });

  it('keeps a callback that comes before its step has returned', async () => {
    let received: (() => Promise<void>) | undefined;
    const { runs, waits } = await start(
      kindOf([
        {
          id: 'scan',
          title: 'Scan',
          execute: async ({ callback, resumed }) => {
            if (resumed) {
              return { ...resumed.payload };
            }
            const { url, wait } = await callback({
              name: 'scan',
              reason: 'it',
            });
            const { pathname, searchParams } = new URL(url);
            received = () =>
              waits.callbackReceived(
                pathname.split('/').at(-1)!,
                {
                  expires: searchParams.get('expires')!,
                  signature: searchParams.get('signature')!,
                },
                { early: true },
              );
            await received();
            return wait;
          },
        },
      ]),
    );
    const { id } = await runs.start(request());
    expect((await ended(runs, id)).output).toEqual({ early: true });
  });

  it('fails a step whose approval is refused, and asks the rules again after one that is given', async () => {
    const { runs, waits } = await start(
      kindOf([
        {
          id: 'ask',
          title: 'Ask',
          execute: async ({ resumed }) =>
            resumed
              ? { approved: true }
              : waitForApproval({
                  reason: 'Drop the table?',
                  approvers: [{ role: 'owning-team' }],
                }),
        },
        { id: 'act', title: 'Act', execute: async () => {} },
      ]),
    );
    const refused = await runs.start(request('one'));
    const granted = await runs.start(request('two'));
    const one = await waiting(runs, refused.id);
    const two = await waiting(runs, granted.id);
    expect(one.activity?.name).toBe('people');
    await waits.endWait(one.waits[0].id, async () => ({
      state: 'rejected',
      failure: { message: 'Rejected by Idris: no.' },
    }));
    await waits.endWait(two.waits[0].id, async () => ({ state: 'resumed' }));
    expect(await ended(runs, refused.id)).toMatchObject({
      state: 'failed',
      failure: { message: 'Rejected by Idris: no.' },
      steps: [{ state: 'failed' }, { state: 'skipped' }],
    });
    expect((await ended(runs, granted.id)).state).toBe('succeeded');
    await expect(
      waits.endWait(two.waits[0].id, async () => ({ state: 'resumed' })),
    ).rejects.toThrow(/resumed already/);
  });

  it('cancels what waits, and its waits', async () => {
    const { runs, waits } = await start(
      kindOf([
        {
          id: 'wait',
          title: 'Wait',
          execute: async () =>
            waitForEvent({ key: 'k', reason: 'it', timeoutMs: 60_000 }),
        },
      ]),
    );
    const { id } = await runs.start(request());
    await waiting(runs, id);
    expect(await runs.cancel(id)).toMatchObject({
      state: 'cancelled',
      waits: [{ state: 'cancelled' }],
    });
    await waits.eventHappened('k');
    expect((await runs.get(id)).state).toBe('cancelled');
  });

  it('waits anew after a retry', async () => {
    let broken = true;
    const { runs, waits } = await start(
      kindOf([
        {
          id: 'wait',
          title: 'Wait',
          execute: async ({ resumed }) => {
            if (!resumed) {
              return waitForEvent({
                key: 'k',
                reason: 'it',
                timeoutMs: 60_000,
              });
            }
            if (broken) {
              throw new OperationFailedError({ message: 'No.' });
            }
            return {};
          },
        },
      ]),
    );
    const { id } = await runs.start(request());
    await waiting(runs, id);
    await waits.eventHappened('k');
    expect((await ended(runs, id)).state).toBe('failed');
    broken = false;
    await runs.retry(id);
    expect((await ended(runs, id)).state).toBe('succeeded');
  });
});
