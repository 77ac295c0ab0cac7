import type { Deployment } from '@slipway/plugin-platform-common';
import { mockServices } from '@backstage/backend-test-utils';
import { SleepWatch } from './SleepWatch';
import type { ScaleRow } from './ScaleStore';

const PLACE = { service: 'orders', environment: 'dev' };
const HOUR = 60;
/** Every night of Tuesday, 20:00 to 07:00, in Berlin. */
const NIGHT = {
  fromMinute: 24 * HOUR + 20 * HOUR,
  untilMinute: 2 * 24 * HOUR + 7 * HOUR,
  timeZone: 'Europe/Berlin',
};

/** 2026-11-24 is a Tuesday; Berlin is an hour ahead of UTC. */
const EVENING = '2026-11-24T20:30:00Z';
const MORNING = '2026-11-25T06:30:00Z';

function createWatch(options: {
  row?: Partial<ScaleRow>;
  stopped?: boolean;
  deployedAt?: string;
}) {
  const { row, stopped = false, deployedAt = '2026-11-01T00:00:00Z' } = options;
  const start = jest.fn();
  const put = jest.fn();
  const serving = { ...PLACE, createdAt: deployedAt } as Deployment;
  const watch = new SleepWatch({
    store: { get: async () => row, put } as never,
    scaling: { start } as never,
    services: { list: async () => [{ name: 'orders' }] as never },
    deployments: {
      current: async () => [{ serving, latest: serving }],
      underWay: async () => undefined,
    },
    environments: { get: () => ({ sleep: [NIGHT] }) as never },
    runtime: {
      observe: async () => ({
        health: stopped ? 'stopped' : 'healthy',
        restarts: 0,
        ...(stopped && { stopped: { reason: 'asleep', since: EVENING } }),
      }),
    },
    logger: mockServices.logger.mock(),
  });
  return { start, put, look: (at: string) => watch.look(new Date(at)) };
}

describe('SleepWatch', () => {
  it('stops what runs when the night begins, once, and again where that came to nothing', async () => {
    const { look, start } = createWatch({});
    await look('2026-11-24T18:59:00Z');
    expect(start).not.toHaveBeenCalled();
    await look('2026-11-24T19:00:00Z');
    await look('2026-11-24T19:00:20Z');
    await look(EVENING);
    const [first, second, later] = start.mock.calls;
    expect(first).toEqual([
      'stop',
      { ...PLACE, asleepUntil: 'Wed 07:00 Europe/Berlin' },
      {
        requestedBy: 'service:default/platform',
        idempotencyKey: expect.stringMatching(/^sleep:orders:dev:\d+$/),
      },
    ]);
    expect(second[2].idempotencyKey).toBe(first[2].idempotencyKey);
    expect(later[2].idempotencyKey).not.toBe(first[2].idempotencyKey);
  });

  it('wakes in the morning what it stopped', async () => {
    const { look, start } = createWatch({
      row: { asleep_since: new Date(EVENING) },
      stopped: true,
    });
    await look(EVENING);
    expect(start).not.toHaveBeenCalled();
    await look(MORNING);
    expect(start).toHaveBeenCalledWith(
      'start',
      { ...PLACE, isMorning: true },
      expect.anything(),
    );
    await look('2026-11-25T07:00:00Z');
    const [first, again] = start.mock.calls;
    expect(again[2].idempotencyKey).not.toBe(first[2].idempotencyKey);
  });

  it('forgets that it slept where a deployment woke it', async () => {
    const { look, put, start } = createWatch({
      row: { asleep_since: new Date(EVENING) },
    });
    await look(MORNING);
    expect(put).toHaveBeenCalledWith(PLACE, { asleep_since: null });
    expect(start).not.toHaveBeenCalled();
  });

  it.each([
    ['somebody started it', { row: { woken_at: new Date(EVENING) } }],
    ['it was deployed', { deployedAt: EVENING }],
    ['somebody stopped it', { stopped: true }],
  ])('leaves alone what is so in the night because %s', async (_, options) => {
    const { look, start } = createWatch(options);
    await look('2026-11-24T21:00:00Z');
    expect(start).not.toHaveBeenCalled();
  });

  it('stops it in the next night again', async () => {
    const { look, start } = createWatch({
      row: { woken_at: new Date(EVENING) },
    });
    await look('2026-12-01T19:00:00Z');
    expect(start).toHaveBeenCalledTimes(1);
  });
});
