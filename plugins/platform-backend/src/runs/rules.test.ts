import { TestDatabases } from '@backstage/backend-test-utils';
import type { DecisionEffect } from '@slipway/plugin-platform-common';
import {
  type DecisionRequest,
  OperationFailedError,
} from '@slipway/plugin-platform-node';
import { allowAll, platformDatabase } from '../__testUtils__/engine';
import {
  ended,
  gate,
  kindOf,
  request,
  useEngines,
} from '../__testUtils__/runs';
import { until } from '../__testUtils__/until';
import type { Rules } from './Rules';
import type { RunWaits } from './RunWaits';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = { userRef: 'user:default/mara' };

/** Rules that say what they are told to. */
class ScriptedRules implements Rules {
  effect: DecisionEffect = 'allow';
  readonly asked: DecisionRequest[] = [];

  async decide(asked: DecisionRequest) {
    this.asked.push(asked);
    const { effect } = this;
    return {
      decision: {
        stage: asked.stage,
        effect,
        reasons: [{ decider: 'scripted', effect, message: `It is ${effect}.` }],
        at: '2026-01-01T00:00:00.000Z',
      },
      approvals:
        effect === 'needs-approval'
          ? [
              {
                decider: 'scripted',
                reason: 'Production is protected.',
                askedBy: asked.run.requestedBy,
                terms: {
                  approvers: ['group:default/payments'],
                  approversText: 'payments',
                  quorum: 1,
                },
                expiresInMs: 60_000,
              },
            ]
          : [],
    };
  }

  resolveApprovers = allowAll.resolveApprovers;
}

function grant(waits: RunWaits, id: string) {
  return waits.endWait(id, async () => ({ state: 'resumed' }));
}

describe('rules', () => {
  const { startWith } = useEngines(() => platformDatabase(databases));

  function kind() {
    return kindOf([{ id: 'act', title: 'Act', execute: async () => {} }]);
  }

  it('refuses a run that is denied, and stores nothing', async () => {
    const rules = new ScriptedRules();
    const { runs } = await startWith({ rules }, kind());
    rules.effect = 'deny';
    await expect(runs.start(request())).rejects.toThrow('It is deny.');
    expect((await runs.list({}, { limit: 10 })).items).toEqual([]);
  });

  it('lets a run wait for approval without holding its target, and asks again before it acts', async () => {
    const rules = new ScriptedRules();
    const { runs, waits } = await startWith({ rules }, kind());
    rules.effect = 'needs-approval';
    const waiting = await runs.start(request('shared'));
    expect(waiting).toMatchObject({
      state: 'waiting',
      activity: { name: 'people' },
      decision: { effect: 'needs-approval' },
      waits: [{ kind: 'approval', reason: 'Production is protected.' }],
    });
    rules.effect = 'allow';
    const other = await runs.start(request('shared'));
    expect((await ended(runs, other.id)).state).toBe('succeeded');
    rules.effect = 'needs-approval';
    await grant(waits, waiting.waits[0].id);
    const run = await ended(runs, waiting.id);
    expect(run.state).toBe('succeeded');
    expect(run.decision?.stage).toBe('act');
    expect(run.times.people).toBeGreaterThan(0);
  });

  it('does not act on what was approved once the rules deny it', async () => {
    const rules = new ScriptedRules();
    const { runs, waits } = await startWith({ rules }, kind());
    rules.effect = 'needs-approval';
    const { id, waits: asked } = await runs.start(request());
    rules.effect = 'deny';
    await grant(waits, asked[0].id);
    expect(await ended(runs, id)).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringContaining('It is deny.') },
      steps: [{ state: 'failed' }],
    });
  });

  it('asks for approval where the rules have changed while a run stood in line', async () => {
    const { open, opened } = gate();
    const rules = new ScriptedRules();
    const { runs, waits } = await startWith(
      { rules },
      kindOf([{ id: 'act', title: 'Act', execute: () => opened }]),
    );
    const first = await runs.start(request('shared'));
    const second = await runs.start(request('shared'));
    await until(async () => rules.asked.some(({ stage }) => stage === 'act'));
    rules.effect = 'needs-approval';
    open();
    await until(async () => (await runs.get(second.id)).state === 'waiting');
    const third = await runs.start(request('other'));
    expect(third.state).toBe('waiting');
    const { waits: asked } = await runs.get(second.id);
    await grant(waits, asked[0].id);
    expect((await ended(runs, second.id)).state).toBe('succeeded');
    expect((await runs.get(first.id)).state).toBe('succeeded');
  });

  it('cancels a run whose approval is rejected or expires, and asks anew on retry', async () => {
    const rules = new ScriptedRules();
    const { runs, waits } = await startWith({ rules }, kind());
    rules.effect = 'needs-approval';
    const { id, waits: asked } = await runs.start(request());
    await waits.endWait(asked[0].id, async () => ({
      state: 'rejected',
      failure: { message: 'Rejected by Idris.' },
    }));
    expect(await ended(runs, id)).toMatchObject({
      state: 'cancelled',
      failure: { message: 'Rejected by Idris.' },
    });
    const again = await runs.retry(id, mara);
    expect(again.state).toBe('waiting');
    await grant(waits, again.waits.find(({ state }) => state === 'open')!.id);
    expect((await ended(runs, id)).state).toBe('succeeded');
  });

  it('asks about the one who retries, not the one who asked first', async () => {
    const rules = new ScriptedRules();
    let fails = true;
    const { runs } = await startWith(
      { rules },
      kindOf([
        {
          id: 'act',
          title: 'Act',
          async execute() {
            if (fails) {
              throw new OperationFailedError({ message: 'Not today.' });
            }
          },
        },
      ]),
    );
    const { id } = await runs.start(request());
    expect((await ended(runs, id)).state).toBe('failed');
    fails = false;
    rules.asked.length = 0;
    const idris = 'user:default/idris';
    await runs.retry(id, { userRef: idris });
    const run = await ended(runs, id);
    expect(run).toMatchObject({
      state: 'succeeded',
      requestedBy: mara.userRef,
    });
    expect(
      rules.asked.map(({ stage, run: { requestedBy } }) => [
        stage,
        requestedBy,
      ]),
    ).toEqual([
      ['plan', idris],
      ['act', idris],
    ]);
  });

  it('holds a planned run until it is started, and asks then', async () => {
    const rules = new ScriptedRules();
    const { runs } = await startWith({ rules }, kind());
    const { id, state } = await runs.start(request('x', { hold: true }));
    expect(state).toBe('planned');
    rules.effect = 'deny';
    await expect(runs.startPlanned(id, mara)).rejects.toThrow('It is deny.');
    rules.effect = 'allow';
    await runs.startPlanned(id, mara);
    expect((await ended(runs, id)).state).toBe('succeeded');
    await expect(runs.startPlanned(id, mara)).rejects.toThrow(/succeeded/);
  });
});
