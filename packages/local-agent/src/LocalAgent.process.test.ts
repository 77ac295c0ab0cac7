import { execFileSync } from 'node:child_process';
import http from 'node:http';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ReleaseSpec, WorkloadRef } from '@slipway/plugin-platform-node';
import {
  bundleAgent,
  createContext,
  createRelease,
  createTestDirectory,
  HOST,
  packService,
  REF,
  removeTestDirectory,
  runAgentToItsEnd,
  startAgent,
  type TestAgent,
} from './__testUtils__/createTestAgent';
import { eventually, request } from './__testUtils__/request';
import { identifyProcess } from './processes/processIdentity';
import type { AgentState } from './state/AgentState';

jest.setTimeout(60_000);

describe('the local agent as a process, driven by LocalRuntime', () => {
  const directory = createTestDirectory();
  const started: TestAgent[] = [];
  let bundle: string;
  let artifact: ReleaseSpec['artifact'];
  let cases = 0;

  beforeAll(() => {
    bundle = bundleAgent(directory);
    artifact = packService(directory);
  });

  afterEach(async () => {
    for (const agent of started.splice(0)) {
      await agent.end('SIGTERM');
    }
  });

  afterAll(() => removeTestDirectory(directory));

  function newData(): string {
    cases += 1;
    return path.join(directory, `data-${cases}`);
  }

  async function start(
    data: string,
    ports?: { control?: number; router?: number },
  ): Promise<TestAgent> {
    const agent = await startAgent(bundle, data, ports);
    started.push(agent);
    return agent;
  }

  async function kill(agent: TestAgent): Promise<void> {
    started.splice(started.indexOf(agent), 1);
    await agent.end('SIGKILL');
  }

  async function deploy(
    { runtime }: TestAgent,
    releaseId: string,
    ref: WorkloadRef = REF,
  ): Promise<void> {
    const context = createContext();
    await runtime.start(
      createRelease(artifact, releaseId, {}, { ref }),
      context,
    );
    await runtime.switchTraffic(ref, releaseId, context);
    await runtime.retire(ref, releaseId, context);
  }

  it('runs a release with nothing of its own environment, and tells how it is', async () => {
    const agent = await start(newData());
    const context = createContext();

    await agent.runtime.start(createRelease(artifact, 'v1'), context);

    expect(context.lines).toContain('v1 is ready.');
    expect((await request(agent.routerPort, HOST)).status).toBe(404);
    await expect(
      agent.runtime.switchTraffic(REF, 'v1', context),
    ).resolves.toEqual({ url: `http://${HOST}:${agent.routerPort}` });
    expect((await request(agent.routerPort, HOST)).body).toBe('v1');
    const { body } = await request(agent.routerPort, HOST, {
      path: '/environment',
    });
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(
      expect.arrayContaining(['HOME', 'LANG', 'PATH', 'PORT', 'VERSION']),
    );
    expect(body).not.toContain('SECRET_OF_THE_PORTAL');
    expect(body).not.toContain('SLIPWAY');
    await expect(agent.runtime.observe(REF)).resolves.toMatchObject({
      health: 'healthy',
      releaseId: 'v1',
      restarts: 0,
      url: `http://${HOST}:${agent.routerPort}`,
    });

    await agent.runtime.remove(REF, context);

    expect((await request(agent.routerPort, HOST)).status).toBe(404);
    await expect(agent.runtime.observe(REF)).resolves.toMatchObject({
      health: 'stopped',
    });
  });

  it('fails no request of many clients while releases take over from each other', async () => {
    const agent = await start(newData());
    await deploy(agent, 'v1');
    const keptAlive = new http.Agent({ keepAlive: true, maxSockets: 8 });
    const seen: Record<string, number> = {};
    const failures: unknown[] = [];
    const pending: Promise<void>[] = [];
    let sent = 0;
    const stream = setInterval(() => {
      sent += 1;
      const slow = sent % 5 === 0;
      pending.push(
        request(agent.routerPort, HOST, {
          path: slow ? '/slow' : '/',
          method: sent % 3 === 0 ? 'POST' : 'GET',
          body: sent % 3 === 0 ? 'body' : undefined,
          agent: sent % 2 === 0 ? keptAlive : undefined,
        }).then(
          ({ status, body }) => {
            if (status === 200) {
              const version = body.replace('begun ', '');
              seen[version] = (seen[version] ?? 0) + 1;
            } else {
              failures.push({ status, body });
            }
          },
          error => {
            failures.push(error);
          },
        ),
      );
    }, 10);

    for (const releaseId of ['v2', 'v3', 'v4']) {
      await deploy(agent, releaseId);
      await eventually(
        () => seen[releaseId] ?? 0,
        count => count > 20,
      );
    }
    clearInterval(stream);
    await Promise.all(pending);
    keptAlive.destroy();

    expect(failures).toEqual([]);
    expect(Object.keys(seen).sort()).toEqual(['v1', 'v2', 'v3', 'v4']);
  });

  it('leaves services running when it is killed, and takes them over when it is back', async () => {
    const data = newData();
    const first = await start(data);
    await deploy(first, 'v1');
    const { pid } = readProcess(data);
    const changes: string[] = [];
    const watching = new AbortController();
    first.runtime.watch(
      (_, { health, restarts }) => changes.push(`${health} ${restarts}`),
      watching.signal,
    );
    await eventually(
      () => changes,
      seen => seen.includes('healthy 0'),
    );

    await kill(first);

    await expect(first.runtime.observe(REF)).resolves.toMatchObject({
      health: 'unknown',
      message: expect.stringContaining('local agent is not running'),
    });
    await expect(
      first.runtime.switchTraffic(REF, 'v1', createContext()),
    ).rejects.toThrow('local agent is not running');
    expect(() => process.kill(pid, 0)).not.toThrow();

    const second = await start(data, {
      control: first.controlPort,
      router: first.routerPort,
    });

    expect((await request(second.routerPort, HOST)).body).toBe('v1');
    expect(readProcess(data).pid).toBe(pid);
    // The adopted process is looked after as any other, and the watcher is told.
    process.kill(pid, 'SIGKILL');
    await eventually(
      () => second.runtime.observe(REF),
      status => status.health === 'healthy' && status.restarts === 1,
    );
    expect((await request(second.routerPort, HOST)).body).toBe('v1');
    await eventually(
      () => changes,
      seen => seen.includes('healthy 1'),
    );
    watching.abort();
  });

  it('takes over what an agent of the first version started, and retires it', async () => {
    const data = newData();
    const first = await start(data);
    await deploy(first, 'v1');
    const { pid } = readProcess(data);
    await kill(first);
    writeAsFirstVersion(path.join(data, 'agent', 'state.json'));

    const second = await start(data);

    expect((await request(second.routerPort, HOST)).body).toBe('v1');
    expect(readProcess(data).pid).toBe(pid);
    await expect(second.runtime.observe(REF)).resolves.toMatchObject({
      health: 'healthy',
      releaseId: 'v1',
      instanceId: 'v1',
    });
    // The same release, as an instance of its own.
    const again = createRelease(
      artifact,
      'v1',
      { VERSION: 'again' },
      { instanceId: 'deployment-2' },
    );
    const context = createContext();
    await second.runtime.start(again, context);
    await second.runtime.switchTraffic(REF, 'deployment-2', context);
    await second.runtime.retire(REF, 'deployment-2', context);
    expect((await request(second.routerPort, HOST)).body).toBe('again');
    expect(isRunning(pid)).toBe(false);
  });

  it('starts a release anew that was not ready when the agent was killed', async () => {
    const data = newData();
    const first = await start(data);
    const interrupted = first.runtime.start(
      createRelease(artifact, 'v1', { MODE: 'never-ready' }),
      createContext(),
    );
    const outcome = interrupted.catch(error => error);
    await eventually(
      () => readInstances(data)[0]?.replicas[0].process?.pid ?? 0,
      pid => pid > 0,
    );
    const { pid } = readProcess(data);

    await kill(first);

    await expect(outcome).resolves.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    const second = await start(data);
    await second.runtime.start(createRelease(artifact, 'v1'), createContext());
    await eventually(
      () => isRunning(pid),
      running => !running,
    );
    await second.runtime.switchTraffic(REF, 'v1', createContext());
    expect((await request(second.routerPort, HOST)).body).toBe('v1');
  });

  it('stops all services when it is stopped, and brings them back as they were', async () => {
    const data = newData();
    const first = await start(data);
    await deploy(first, 'v1');
    await deploy(first, 'v2');
    const { pid } = readProcess(data, 'v2');

    started.splice(0);
    await expect(first.end('SIGTERM')).resolves.toBe(0);

    expect(isRunning(pid)).toBe(false);
    const second = await start(data);
    // It is on its way; the router holds the request.
    expect((await request(second.routerPort, HOST)).body).toBe('v2');
    await expect(second.runtime.observe(REF)).resolves.toMatchObject({
      restarts: 0,
    });
  });

  it('says what to do when a port is taken or another agent is there', async () => {
    const data = newData();
    const first = await start(data);

    const other = await runAgentToItsEnd(bundle, newData(), first.routerPort);
    expect(other.code).toBe(1);
    expect(other.stderr).toBe(
      `Port ${first.routerPort} on 127.0.0.1 is taken by another program. Stop that program, or set SLIPWAY_ROUTER_PORT to another port.\n`,
    );
    const same = await runAgentToItsEnd(bundle, data, 0);
    expect(same.code).toBe(1);
    expect(same.stderr).toContain(
      `Another local agent (process ${first.process.pid})`,
    );
  });

  it('takes little memory with five services', async () => {
    const agent = await start(newData());
    for (const service of ['one', 'two', 'three', 'four', 'five']) {
      await deploy(agent, 'v1', { service, environment: 'dev' });
    }
    for (let round = 0; round < 200; round += 1) {
      await request(agent.routerPort, 'one-dev.localhost');
    }

    expect(residentMegabytes(agent.process.pid ?? 0)).toBeLessThan(90);
  });

  function readInstances(data: string) {
    const file = path.join(data, 'agent', 'state.json');
    if (!existsSync(file)) {
      return [];
    }
    const state = JSON.parse(readFileSync(file, 'utf8'));
    return state.workloads[0].instances as Array<{
      instanceId: string;
      replicas: Array<{ process?: { pid: number } }>;
    }>;
  }

  function readProcess(data: string, instanceId = 'v1'): { pid: number } {
    const instance = readInstances(data).find(
      candidate => candidate.instanceId === instanceId,
    );
    const process = instance?.replicas[0].process;
    if (!process) {
      throw new Error(`${instanceId} has no process.`);
    }
    return process;
  }
});

/** Writes a state as it was stored when a release was known by its own id only, and had no volumes. */
function writeAsFirstVersion(file: string): void {
  const { workloads } = JSON.parse(readFileSync(file, 'utf8')) as AgentState;
  const first = {
    version: 1,
    workloads: workloads.map(({ ref, servingInstanceId, instances }) => ({
      ref,
      servingReleaseId: servingInstanceId,
      releases: instances.map(({ instanceId, spec, ...record }) => {
        const { releaseId: _1, volumes: _2, files: _3, ...rest } = spec;
        const { mounts: _4, replicas, replicaCount: _5, ...kept } = record;
        return {
          ...kept,
          process: replicas[0].process,
          releaseId: instanceId,
          spec: rest,
        };
      }),
    })),
  };
  writeFileSync(file, JSON.stringify(first));
}

function isRunning(pid: number): boolean {
  return identifyProcess(pid) !== undefined;
}

function residentMegabytes(pid: number): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return Number(kilobytes) / 1024;
}
