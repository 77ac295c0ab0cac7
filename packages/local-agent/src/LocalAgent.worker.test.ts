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

describe('a worker in the local agent', () => {
  const directory = createTestDirectory();
  let artifact: ReleaseSpec['artifact'];
  let agent: LocalAgent;
  let runtime: LocalRuntime;

  beforeAll(async () => {
    artifact = packService(directory);
    agent = await LocalAgent.start({
      stateDirectory: path.join(directory, 'agent'),
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      logger: { info: () => undefined, warn: () => undefined },
      tuning: { restartDelayMs: 20, settleMs: 300 },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
  });

  afterEach(() => runtime.remove(REF, createContext()));

  afterAll(async () => {
    await agent.stop();
    removeTestDirectory(directory);
  });

  function worker(
    id: string,
    mode: string,
    overrides: Partial<ReleaseSpec> = {},
  ): ReleaseSpec {
    return createRelease(
      artifact,
      id,
      { MODE: mode },
      { work: { kind: 'worker' }, readiness: undefined, ...overrides },
    );
  }

  async function takeOver(release: ReleaseSpec) {
    const context = createContext();
    await runtime.start(release, context);
    const took = await runtime.switchTraffic(REF, release.instanceId, context);
    await runtime.retire(REF, release.instanceId, context);
    return took;
  }

  async function logged(text: string): Promise<void> {
    const { signal } = new AbortController();
    await eventually(
      async () => {
        const lines: string[] = [];
        const options = { tail: 100, follow: false, signal };
        for await (const line of runtime.logs(REF, options)) {
          lines.push(line.text);
        }
        return lines;
      },
      lines => lines.includes(text),
    );
  }

  it('runs without listening, has no address, and hands over to the next', async () => {
    expect(await takeOver(worker('v1', 'silent'))).toEqual({});
    const status = await runtime.observe(REF);
    expect(status).toMatchObject({
      health: 'healthy',
      kind: 'worker',
      instanceId: 'v1',
    });
    expect(status.url).toBeUndefined();

    await takeOver(worker('v2', 'silent'));
    expect(await runtime.observe(REF)).toMatchObject({ instanceId: 'v2' });
    await logged('stopping');
  });

  it('that ends at once is not ready, and says why', async () => {
    await expect(takeOver(worker('v1', 'exits'))).rejects.toMatchObject({
      message: 'v1 exited with code 7 before it became ready.',
      hint: expect.stringContaining('the database is not configured'),
    });
    expect(await runtime.observe(REF)).toMatchObject({ health: 'stopped' });
  });

  it('is not ready before its probe says so, and gets no requests of others', async () => {
    const readiness = { path: '/ready' };
    await expect(
      takeOver(
        worker('v1', 'never-ready', { readiness, readinessTimeoutMs: 800 }),
      ),
    ).rejects.toThrow('it answers 503 on /ready');

    await takeOver(worker('v2', 'good', { readiness }));
    expect(await request(agent.routerPort, HOST)).toMatchObject({
      status: 404,
      body: expect.stringContaining('orders-dev takes no requests'),
    });
    const { signal } = new AbortController();
    const answer = await runtime.probe(
      REF,
      'v2',
      { method: 'GET', path: '/', timeoutMs: 2_000 },
      signal,
    );
    expect([answer.status, answer.body]).toEqual([200, 'v2']);
  });

  it('comes back where it crashed', async () => {
    await takeOver(worker('v1', 'good'));
    const { signal } = new AbortController();
    await runtime
      .probe(
        REF,
        'v1',
        { method: 'GET', path: '/crash', timeoutMs: 2_000 },
        signal,
      )
      .catch(() => undefined);
    const back = await eventually(
      () => runtime.observe(REF),
      ({ restarts }) => restarts === 1,
    );
    expect(back.message).toContain('exited with code 3');
    await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'healthy',
    );
  });
});
