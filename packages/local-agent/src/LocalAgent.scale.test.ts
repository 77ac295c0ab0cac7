import path from 'node:path';
import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import {
  bundleAgent,
  createContext,
  createRelease,
  createTestDirectory,
  HOST,
  packService,
  REF,
  removeTestDirectory,
  startAgent,
  type TestAgent,
} from './__testUtils__/createTestAgent';
import { eventually, request } from './__testUtils__/request';

jest.setTimeout(60_000);

describe('replicas in the local agent', () => {
  const directory = createTestDirectory();
  let bundle: string;
  let artifact: ReleaseSpec['artifact'];
  let agent: TestAgent;

  beforeAll(async () => {
    bundle = bundleAgent(directory);
    artifact = packService(directory);
    agent = await startAgent(bundle, path.join(directory, 'data'));
  });

  afterEach(() => agent.runtime.remove(REF, createContext()));

  afterAll(async () => {
    await agent.end('SIGTERM');
    removeTestDirectory(directory);
  });

  async function deploy(
    name: string,
    overrides: Partial<ReleaseSpec> = {},
  ): Promise<void> {
    const context = createContext();
    await agent.runtime.start(
      createRelease(artifact, name, {}, overrides),
      context,
    );
    await agent.runtime.switchTraffic(REF, name, context);
    await agent.runtime.retire(REF, name, context);
  }

  const scale = (count: number) =>
    agent.runtime.scale(REF, count, createContext());

  const restart = (key: string) =>
    agent.runtime.restart(REF, { ...createContext(), idempotencyKey: key });

  async function pidOf(): Promise<number> {
    const { body } = await request(agent.routerPort, HOST, { path: '/pid' });
    return Number(body);
  }

  /** Those that answer, in turns. */
  async function pids(): Promise<number[]> {
    const seen = new Set<number>();
    for (let count = 0; count < 12; count += 1) {
      seen.add(await pidOf());
    }
    return [...seen];
  }

  /** Asks all the time while something is done; answers the statuses that came back. */
  async function askedWhile(work: () => Promise<void>): Promise<Set<number>> {
    const statuses = new Set<number>();
    let done = false;
    const asking = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!done) {
          const { status } = await request(agent.routerPort, HOST);
          statuses.add(status);
        }
      }),
    );
    await work().finally(() => {
      done = true;
    });
    await asking;
    return statuses;
  }

  const replicas = async () => (await agent.runtime.observe(REF)).replicas;

  it('share the requests, and come and go without a failed one', async () => {
    await deploy('v1');
    expect(await replicas()).toEqual({ wanted: 1, ready: 1 });
    const up = await askedWhile(() => scale(3));
    expect(up).toEqual(new Set([200]));
    expect(await replicas()).toEqual({ wanted: 3, ready: 3 });
    expect(await pids()).toHaveLength(3);
    const down = await askedWhile(() => scale(1));
    expect(down).toEqual(new Set([200]));
    expect(await pids()).toHaveLength(1);
  });

  it('are replaced one by one by a restart, once for each key', async () => {
    await deploy('v1', { replicas: 2 });
    const before = await pids();
    expect(before).toHaveLength(2);
    expect(await askedWhile(() => restart('first'))).toEqual(new Set([200]));
    const after = await pids();
    expect(after).toHaveLength(2);
    expect(after.filter(pid => before.includes(pid))).toEqual([]);
    await restart('first');
    expect((await pids()).toSorted()).toEqual(after.toSorted());
  });

  it('are taken over by the next agent, and one that died meanwhile comes back', async () => {
    await deploy('v1', { replicas: 2 });
    const before = await pids();
    await agent.end('SIGKILL');
    process.kill(before[0], 'SIGKILL');
    agent = await startAgent(bundle, path.join(directory, 'data'));
    await eventually(replicas, seen => seen?.ready === 2);
    const after = await pids();
    expect(after).toContain(before[1]);
    expect(after).not.toContain(before[0]);
  });

  it('leave the rest to answer when one dies, and say how many there are', async () => {
    await deploy('v1', { replicas: 2 });
    const [victim] = await pids();
    const statuses = await askedWhile(async () => {
      process.kill(victim, 'SIGKILL');
      await eventually(pids, seen => !seen.includes(victim));
      await eventually(replicas, seen => seen?.ready === 2);
    });
    expect(statuses).toEqual(new Set([200]));
    expect((await agent.runtime.observe(REF)).restarts).toBe(1);
  });

  it('stay as they were where more of them do not become ready', async () => {
    await deploy('v1');
    await expect(agent.runtime.scale(REF, 33, createContext())).rejects.toThrow(
      'use at most 32',
    );
    await agent.runtime.remove(REF, createContext());
    await expect(scale(2)).rejects.toThrow('Nothing of orders-dev serves.');
  });

  it('stop and start again with the same release, also with another agent between', async () => {
    await deploy('v1', { replicas: 2 });
    const context = createContext();
    await agent.runtime.stop(REF, 'mara stopped it', context);
    await agent.runtime.stop(REF, 'mara stopped it', context);
    expect(await agent.runtime.observe(REF)).toMatchObject({
      health: 'stopped',
      message: 'mara stopped it.',
      instanceId: 'v1',
      replicas: { wanted: 2, ready: 0 },
      stopped: { reason: 'mara stopped it' },
    });
    const told = await request(agent.routerPort, HOST);
    expect([told.status, told.body]).toEqual([
      503,
      'orders-dev is stopped: mara stopped it. Start it on its page in the portal.\n',
    ]);
    await expect(scale(3)).rejects.toThrow('orders-dev is stopped');
    await agent.end('SIGTERM');
    agent = await startAgent(bundle, path.join(directory, 'data'));
    expect((await request(agent.routerPort, HOST)).status).toBe(503);
    await agent.runtime.resume(REF, context);
    await agent.runtime.resume(REF, context);
    await eventually(replicas, seen => seen?.ready === 2);
    expect(await pids()).toHaveLength(2);
  });

  it('come back with a release that takes over from one that is stopped', async () => {
    await deploy('v1');
    await agent.runtime.stop(REF, 'it is night', createContext());
    await deploy('v2');
    const { health, stopped, instanceId } = await agent.runtime.observe(REF);
    expect([health, stopped, instanceId]).toEqual(['healthy', undefined, 'v2']);
  });

  it('come back when a release that took over from a stopped one is taken back', async () => {
    await deploy('v1', { replicas: 2 });
    const context = createContext();
    await agent.runtime.stop(REF, 'it is night', context);
    await agent.runtime.start(createRelease(artifact, 'v2'), context);
    await agent.runtime.switchTraffic(REF, 'v2', context);
    await agent.runtime.switchTraffic(REF, 'v1', context);
    await eventually(replicas, seen => seen?.ready === 2);
    const { status, body } = await request(agent.routerPort, HOST);
    expect([status, body]).toEqual([200, 'v1']);
    await agent.runtime.abandon(REF, 'v2');
  });
});
