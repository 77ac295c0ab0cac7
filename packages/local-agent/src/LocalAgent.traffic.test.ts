import path from 'node:path';
import type { LocalRuntime } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import {
  createContext,
  createRelease,
  createRuntime,
  createTestDirectory,
  HOST,
  packService,
  REF,
  removeTestDirectory,
  TOKEN,
} from './__testUtils__/createTestAgent';
import { eventually, request } from './__testUtils__/request';
import { LocalAgent } from './LocalAgent';

jest.setTimeout(60_000);

describe('traffic that goes to more than one instance', () => {
  const directory = createTestDirectory();
  const context = createContext();
  const { signal } = context;
  let artifact: ReleaseSpec['artifact'];
  let agent: LocalAgent;
  let runtime: LocalRuntime;

  async function startAgent(): Promise<void> {
    agent = await LocalAgent.start({
      stateDirectory: path.join(directory, 'agent'),
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      logger: { info: () => undefined, warn: () => undefined },
      tuning: { restartDelayMs: 20, restartDelayCapMs: 100 },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
  }

  beforeAll(async () => {
    artifact = packService(directory);
    await startAgent();
  });

  beforeEach(async () => {
    await runtime.start(createRelease(artifact, 'v1'), context);
    await runtime.switchTraffic(REF, 'v1', context);
    await runtime.start(createRelease(artifact, 'v2'), context);
  });

  afterEach(() => runtime.remove(REF, context));

  afterAll(async () => {
    await agent.stop();
    removeTestDirectory(directory);
  });

  const send = (pathname = '/') =>
    request(agent.routerPort, HOST, { path: pathname });

  /** How many of so many requests each version answers. */
  async function answers(requests: number, pathname?: string) {
    const counts: Record<string, number> = {};
    for (let index = 0; index < requests; index += 1) {
      const { body } = await send(pathname);
      counts[body] = (counts[body] ?? 0) + 1;
    }
    return counts;
  }

  const shift = (percent: number, instanceId = 'v2') =>
    runtime.shiftTraffic(REF, { instanceId, percent }, context);

  it('is dealt out by percent, evenly', async () => {
    await shift(30);
    expect(await answers(20)).toEqual({ v1: 14, v2: 6 });
    await shift(50);
    expect(await answers(20)).toEqual({ v1: 10, v2: 10 });
    expect((await runtime.observe(REF)).instanceId).toBe('v1');
    await shift(0);
    expect(await answers(10)).toEqual({ v1: 10 });
  });

  it('is all of one again once that one has everything', async () => {
    await shift(50);
    await runtime.switchTraffic(REF, 'v2', context);
    expect(await answers(10)).toEqual({ v2: 10 });
    expect(await runtime.observe(REF)).toMatchObject({
      instanceId: 'v2',
      digest: artifact.digest,
    });
    await runtime.switchTraffic(REF, 'v1', context);
    expect(await answers(10)).toEqual({ v1: 10 });
  });

  it('goes back where it came from when the instance is abandoned, without a failed request', async () => {
    await shift(50);
    const statuses = new Set<number>();
    let over = false;
    const asking = Promise.all(
      [1, 2, 3].map(async () => {
        while (!over) statuses.add((await send()).status);
      }),
    );
    await runtime.abandon(REF, 'v2');
    over = true;
    await asking;
    expect([...statuses]).toEqual([200]);
    expect(await answers(10)).toEqual({ v1: 10 });
  });

  it('goes to the one that serves while the other is down', async () => {
    await shift(50);
    // One of two in a row is for the other; it isn't sent again when its process is gone.
    const crash = () =>
      request(agent.routerPort, HOST, { path: '/crash', method: 'POST' });
    await crash();
    await crash();
    const counts = await eventually(
      () => answers(10),
      ({ v1, v2 }) => v1 === 5 && v2 === 5,
    );
    expect(counts).toEqual({ v1: 5, v2: 5 });
  });

  it('is split as before once the agent is back', async () => {
    await shift(40);
    await agent.stop();
    await startAgent();
    await eventually(
      () => send(),
      ({ status }) => status === 200,
    );
    const counts = await eventually(
      () => answers(10),
      ({ v2 }) => v2 === 4,
    );
    expect(counts).toEqual({ v1: 6, v2: 4 });
  });

  it('is counted for each instance, with what failed', async () => {
    await shift(50);
    await answers(10);
    await answers(4, '/fail');
    const signals = await runtime.signals(REF, 'v2');
    expect(signals).toMatchObject({ requests: 7, errors: 2 });
    expect(signals.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(7);
    await expect(runtime.signals(REF, 'v9')).rejects.toThrow(
      'There is no instance v9 of orders-dev.',
    );
  });

  it('is not what a probe is, which asks an instance that has none', async () => {
    const probe = (pathname: string, timeoutMs = 5_000) =>
      runtime.probe(
        REF,
        'v2',
        { method: 'GET', path: pathname, timeoutMs },
        signal,
      );
    expect(await probe('/')).toMatchObject({ status: 200, body: 'v2' });
    expect(await probe('/fail')).toMatchObject({
      status: 500,
      body: 'out of order',
    });
    await expect(probe('/hang', 100)).rejects.toThrow(
      'GET /hang was not answered within 0.1 s.',
    );
    await expect(probe('/crash')).rejects.toThrow(
      'GET /crash was not answered: the service broke the connection (ECONNRESET).',
    );
    expect(await runtime.signals(REF, 'v2')).toMatchObject({ requests: 0 });
  });

  it.each([
    [{ instanceId: 'v2', percent: 101 }, 'percent: use a whole number'],
    [{ instanceId: 'v2', percent: 0.5 }, 'percent: use a whole number'],
    [{ instanceId: 'v9', percent: 10 }, 'v9 of orders-dev does not run'],
  ])('refuses %j', async (share, message) => {
    await expect(runtime.shiftTraffic(REF, share, context)).rejects.toThrow(
      message,
    );
  });
});
