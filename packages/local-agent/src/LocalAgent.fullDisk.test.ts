import { existsSync, readdirSync } from 'node:fs';
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
import { SmallDisk } from './__testUtils__/SmallDisk';
import { LocalAgent } from './LocalAgent';

jest.setTimeout(60_000);

const disk = new SmallDisk(8);

(disk.isMounted ? describe : describe.skip)('LocalAgent on a full disk', () => {
  const directory = createTestDirectory();
  const workloads = path.join(disk.directory, 'workloads', 'orders-dev');
  let artifact: ReleaseSpec['artifact'];
  let agent: LocalAgent;
  let runtime: LocalRuntime;

  beforeAll(async () => {
    artifact = packService(directory);
    agent = await LocalAgent.start({
      stateDirectory: disk.directory,
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      logger: { info: () => undefined, warn: () => undefined },
      tuning: { restartDelayMs: 20, restartDelayCapMs: 100, crashLoopAfter: 3 },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
  });

  afterEach(() => disk.free());

  afterAll(async () => {
    await agent.stop();
    removeTestDirectory(directory);
    disk.remove();
  });

  async function deploy(releaseId: string): Promise<void> {
    const context = createContext();
    await runtime.start(createRelease(artifact, releaseId), context);
    await runtime.switchTraffic(REF, releaseId, context);
    await runtime.retire(REF, releaseId, context);
  }

  const ask = (options: { path?: string; method?: string } = {}) =>
    request(agent.routerPort, HOST, { path: '/', ...options });

  it('keeps the old version serving, says why the new one does not start, and starts it when there is room', async () => {
    await deploy('v1');
    disk.fill();

    await expect(deploy('v2')).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: 'The disk is full: v2 could not be started.',
      hint: 'Free some space on the disk that holds the data directory, then try again.',
    });

    await expect(ask()).resolves.toMatchObject({ status: 200 });
    await expect(runtime.observe(REF)).resolves.toMatchObject({
      health: 'healthy',
      releaseId: 'v1',
    });
    expect(existsSync(path.join(workloads, 'releases/v2/files'))).toBe(false);
    expect(readdirSync(path.join(workloads, 'releases'))).toContain('v1');

    disk.free();
    await deploy('v2');
    await expect(runtime.observe(REF)).resolves.toMatchObject({
      health: 'healthy',
      releaseId: 'v2',
    });
  });

  it('says why a service that crashed does not come back, and brings it back when there is room', async () => {
    await deploy('v3');
    disk.fill();

    await ask({ path: '/crash', method: 'POST' });

    const { message } = await eventually(
      () => runtime.observe(REF),
      status => status.health === 'crash-looping',
    );
    expect(message).toMatch(
      /^It could not be started, \d+ times in a row; the next try is in \d s\. The disk is full: v3 could not be started\.$/,
    );

    disk.free();
    await eventually(ask, answer => answer.status === 200);
  });
});
