import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { LocalRuntime } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadLogLine } from '@slipway/plugin-platform-common';
import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import { c as createTar } from 'tar';
import {
  createContext,
  createRelease,
  createRuntime,
  createTestDirectory,
  digestOf,
  HOST,
  packService,
  REF,
  removeTestDirectory,
  TOKEN,
} from './__testUtils__/createTestAgent';
import { eventually, request } from './__testUtils__/request';
import { LocalAgent } from './LocalAgent';

jest.setTimeout(60_000);

describe('LocalAgent, driven by LocalRuntime', () => {
  const directory = createTestDirectory();
  const stateDirectory = path.join(directory, 'agent');
  let artifact: ReleaseSpec['artifact'];
  let agent: LocalAgent;
  let runtime: LocalRuntime;

  beforeAll(async () => {
    artifact = packService(directory);
    agent = await LocalAgent.start({
      stateDirectory,
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      logger: { info: () => undefined, warn: () => undefined },
      tuning: {
        restartDelayMs: 20,
        restartDelayCapMs: 100,
        crashLoopAfter: 3,
        probeIntervalMs: 50,
        livenessFailures: 2,
        maximumLogBytes: 50_000,
        keptInstances: 1,
      },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
  });

  afterEach(() => runtime.remove(REF, createContext()));

  afterAll(async () => {
    await agent.stop();
    removeTestDirectory(directory);
  });

  async function deploy(release: ReleaseSpec): Promise<void> {
    const context = createContext();
    await runtime.start(release, context);
    await runtime.switchTraffic(REF, release.instanceId, context);
    await runtime.retire(REF, release.instanceId, context);
  }

  function send(
    pathname: string,
    options: { method?: string; headers?: Record<string, string> } = {},
  ) {
    return request(agent.routerPort, HOST, { path: pathname, ...options });
  }

  async function readLogs(tail = 100): Promise<WorkloadLogLine[]> {
    const lines: WorkloadLogLine[] = [];
    const { signal } = new AbortController();
    const options = { tail, follow: false, signal };
    for await (const line of runtime.logs(REF, options)) {
      lines.push(line);
    }
    return lines;
  }

  /** Crashes the service and waits until it is up again. */
  async function crash(restarts: number): Promise<void> {
    await send('/crash', { method: 'POST' });
    await eventually(
      () => runtime.observe(REF),
      status => status.restarts === restarts,
    );
    await eventually(
      () => send('/'),
      answer => answer.status === 200,
    );
  }

  function packFiles(add: (source: string) => void): ReleaseSpec['artifact'] {
    const source = path.join(directory, 'source');
    mkdirSync(source, { recursive: true });
    add(source);
    const file = path.join(directory, 'crafted.tar.gz');
    createTar(
      { gzip: true, file, sync: true, cwd: source, preservePaths: true },
      readdirSync(source),
    );
    return { file, digest: digestOf(file) };
  }

  it.each([
    [
      'exits',
      {
        message: 'v1 exited with code 7 before it became ready.',
        hint: expect.stringContaining('the database is not configured'),
      },
    ],
    [
      'never-ready',
      {
        message:
          'v1 did not become ready within 1.5 s: it answers 503 on /ready.',
      },
    ],
    [
      'other-port',
      {
        message: expect.stringMatching(
          /^v1 listens on port \d+ instead of the one in the environment variable PORT \(\d+\)\.$/,
        ),
      },
    ],
    [
      'silent',
      { message: expect.stringContaining('v1 never listened on the port') },
    ],
  ])('explains a release that %s', async (mode, failure) => {
    const release = createRelease(
      artifact,
      'v1',
      { MODE: mode },
      { readinessTimeoutMs: mode === 'exits' ? 20_000 : 1_500 },
    );

    await expect(runtime.start(release, createContext())).rejects.toMatchObject(
      { name: 'OperationFailedError', ...failure },
    );

    await expect(runtime.observe(REF)).resolves.toMatchObject({
      health: 'stopped',
    });
    // Trying again with what is right works.
    await deploy(createRelease(artifact, 'v1'));
    expect((await send('/')).body).toBe('v1');
  });

  it('keeps the serving release when the next one fails or is called off', async () => {
    await deploy(createRelease(artifact, 'v1'));
    const calledOff = new AbortController();
    const context = createContext(calledOff.signal);
    const started = runtime.start(
      createRelease(artifact, 'v2', { MODE: 'never-ready' }),
      context,
    );
    const outcome = started.catch(error => error);
    await eventually(
      () => context.lines.join('\n'),
      lines => lines.includes('answers 503 on /ready'),
    );

    calledOff.abort();

    await expect(outcome).resolves.toMatchObject({ name: 'AbortError' });
    await expect(
      runtime.switchTraffic(REF, 'v2', createContext()),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(
      runtime.retire(REF, 'v2', createContext()),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(runtime.abandon(REF, 'v1')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect((await send('/')).body).toBe('v1');
  });

  it('refuses an artifact that is not what it should be, and leaves nothing of it', async () => {
    const context = createContext();
    const wrong = { ...artifact, digest: `sha256:${'0'.repeat(64)}` };
    const upwards = packFiles(source =>
      symlinkSync('../../../..', path.join(source, 'upwards')),
    );

    await expect(
      runtime.start(createRelease(wrong, 'v1'), context),
    ).rejects.toThrow('its digest is');
    await expect(
      runtime.start(createRelease(upwards, 'v2'), context),
    ).rejects.toThrow('would land outside');
    writeFileSync(upwards.file, 'not an archive');
    await expect(
      runtime.start(
        createRelease(
          { file: upwards.file, digest: digestOf(upwards.file) },
          'v3',
        ),
        context,
      ),
    ).rejects.toMatchObject({ name: 'OperationFailedError' });
    await expect(
      runtime.start(
        createRelease({ ...artifact, file: '/nowhere.tar.gz' }, 'v4'),
        context,
      ),
    ).rejects.toThrow('is not at /nowhere.tar.gz');

    const releases = path.join(
      stateDirectory,
      'workloads',
      'orders-dev',
      'releases',
    );
    for (const release of readdirSync(releases)) {
      expect(readdirSync(path.join(releases, release))).toEqual([]);
    }
  });

  it('restarts what crashes, holds requests meanwhile, and tells a loop', async () => {
    await deploy(createRelease(artifact, 'v1'));

    await expect(send('/crash', { method: 'POST' })).resolves.toMatchObject({
      status: 502,
    });
    // This one arrives while nothing runs.
    await expect(send('/')).resolves.toMatchObject({ status: 200, body: 'v1' });
    await expect(runtime.observe(REF)).resolves.toMatchObject({
      restarts: 1,
    });

    const seen: string[] = [];
    const watching = new AbortController();
    runtime.watch(
      (_, { health, message = '' }) => seen.push(`${health}: ${message}`),
      watching.signal,
    );
    await crash(2);
    await crash(3);

    await eventually(
      () => seen,
      changes =>
        changes.includes(
          'crash-looping: It exited with code 3, 3 times in a row; the next try is in 1 s.',
        ) &&
        changes.includes(
          'crash-looping: It crashed 3 times in a row. It is up again, and counts as healthy when it stays up.',
        ),
    );
    watching.abort();
  });

  it('restarts what is not alive, and tells what is not well', async () => {
    await deploy(
      createRelease(artifact, 'v1', {}, { liveness: { path: '/live' } }),
    );
    const seen: string[] = [];
    const watching = new AbortController();
    runtime.watch(
      (_, { health, message = '' }) => seen.push(`${health} ${message}`),
      watching.signal,
    );

    await send('/sicken');

    await eventually(
      () => runtime.observe(REF),
      status => status.restarts === 1 && status.health === 'healthy',
    );
    await eventually(
      () => seen.join('\n'),
      text => text.includes('starting It was restarted because'),
    );
    expect(seen).toContain('degraded It answers 500 on /live.');
    watching.abort();
  });

  it('ends what ignores SIGTERM after its grace period', async () => {
    await deploy(
      createRelease(
        artifact,
        'v1',
        { MODE: 'ignores-term' },
        { gracePeriodMs: 300 },
      ),
    );
    const { body } = await send('/environment');
    const port = Number(JSON.parse(body).PORT);

    await deploy(createRelease(artifact, 'v2'));

    await expect(request(port, 'localhost')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    expect((await send('/')).body).toBe('v2');
  });

  it('keeps the files and logs of the last releases only', async () => {
    for (const releaseId of ['v1', 'v2', 'v3', 'v4']) {
      await deploy(createRelease(artifact, releaseId));
    }

    const releases = path.join(stateDirectory, 'workloads/orders-dev/releases');
    expect(readdirSync(releases).sort()).toEqual(['v3', 'v4']);
  });

  it('runs a release again beside itself, with another configuration', async () => {
    const start = (instanceId: string, greeting: string) =>
      createRelease(artifact, 'v1', { GREETING: greeting }, { instanceId });
    await deploy(start('first', 'hello'));
    await deploy(start('second', 'good day'));

    const { body } = await send('/environment');
    expect(JSON.parse(body)).toMatchObject({ GREETING: 'good day' });
    await expect(runtime.observe(REF)).resolves.toMatchObject({
      releaseId: 'v1',
      instanceId: 'second',
    });
    const printed = (await readLogs()).filter(({ text }) =>
      text.includes('listens'),
    );
    expect(printed.map(({ releaseId }) => releaseId)).toEqual(['v1', 'v1']);
  });

  it('does the same thing once, however often it is asked', async () => {
    const release = createRelease(artifact, 'v1');
    await Promise.all([
      runtime.start(release, createContext()),
      runtime.start(release, createContext()),
    ]);
    await runtime.start(release, createContext());
    await deploy(release);
    await deploy(release);

    const listening = (await readLogs()).filter(line =>
      line.text.includes('listens'),
    );
    expect(listening).toHaveLength(1);
    await expect(
      runtime.start(
        createRelease(artifact, 'v1', { CHANGED: 'yes' }),
        createContext(),
      ),
    ).rejects.toThrow('already runs with another artifact');
  });

  it('reads logs across streams and releases, and follows them', async () => {
    await deploy(createRelease(artifact, 'v1'));
    await eventually(readLogs, lines => lines.length === 2);
    const reading = new AbortController();
    const followed: WorkloadLogLine[] = [];
    const following = (async () => {
      const options = { tail: 0, follow: true, signal: reading.signal };
      for await (const line of runtime.logs(REF, options)) {
        followed.push(line);
      }
    })();

    await deploy(createRelease(artifact, 'v2'));
    await eventually(
      () => followed,
      lines =>
        lines.some(line => line.text === 'stopping') && lines.length === 3,
    );
    reading.abort();
    await following;

    expect(followed).toContainEqual({
      at: '2030-01-02T03:04:05.000Z',
      releaseId: 'v2',
      stream: 'stdout',
      text: expect.stringContaining('version v2 listens'),
    });
    const plain = followed.find(line => line.stream === 'stderr');
    expect(plain).toMatchObject({ releaseId: 'v2', text: 'plain line' });
    expect(Math.abs(Date.now() - Date.parse(plain?.at ?? ''))).toBeLessThan(
      20_000,
    );
    await expect(readLogs(1)).resolves.toHaveLength(1);
  });

  it('bounds the logs, and goes on reading across a rotation', async () => {
    await deploy(createRelease(artifact, 'v1'));
    const reading = new AbortController();
    const followed: string[] = [];
    const following = (async () => {
      const options = { tail: 0, follow: true, signal: reading.signal };
      for await (const line of runtime.logs(REF, options)) {
        if (line.text.startsWith('xxx')) {
          followed.push(line.text);
        }
      }
    })();
    const log = path.join(
      stateDirectory,
      'workloads/orders-dev/releases/v1/stdout.log',
    );
    const print = () => send('/print', { headers: { 'x-lines': '600' } });

    for (const expected of [600, 1200]) {
      await print();
      await eventually(
        () => followed.length,
        count => count === expected,
      );
      await eventually(
        () => existsSync(`${log}.1`) && statSync(log).size,
        size => size === 0,
      );
    }
    reading.abort();
    await following;

    const lines = await readLogs(700);
    expect(lines.filter(line => line.text.startsWith('xxx'))).toHaveLength(600);
    appendFileSync(log, `no end${'y'.repeat(20_000)}`);
    await expect(readLogs(1)).resolves.toMatchObject([
      { text: expect.stringMatching(/^no endy+$/) },
    ]);
  });

  it('tells the service who asked, and nobody else may', async () => {
    await deploy(createRelease(artifact, 'v1'));

    const { body } = await send('/headers', {
      headers: { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=evil' },
    });

    expect(JSON.parse(body)).toMatchObject({
      host: HOST,
      'x-forwarded-for': expect.stringContaining('127.0.0.1'),
      'x-forwarded-host': HOST,
      'x-forwarded-proto': 'http',
    });
    expect(body).not.toContain('203.0.113.9');
    expect(body).not.toContain('evil');
  });

  it('passes on streams and other protocols', async () => {
    await deploy(createRelease(artifact, 'v1'));
    const upgrading = http.request({
      port: agent.routerPort,
      host: '127.0.0.1',
      headers: { host: HOST, connection: 'upgrade', upgrade: 'websocket' },
    });
    upgrading.end();
    const [, socket] = (await once(upgrading, 'upgrade')) as [unknown, Socket];
    socket.write('echo');
    const [echo] = await once(socket, 'data');
    socket.destroy();
    expect(String(echo)).toBe('echo');

    const streaming = http.get({
      port: agent.routerPort,
      host: '127.0.0.1',
      path: '/slow',
      headers: { host: HOST },
    });
    const [response] = await once(streaming, 'response');
    const [first] = await once(response, 'data');
    expect(String(first)).toBe('begun ');
    response.resume();
    await once(response, 'end');
  });

  it('explains an address that nobody has, as page and as JSON', async () => {
    const page = await request(agent.routerPort, 'nobody-dev.localhost:80');
    expect(page).toMatchObject({
      status: 404,
      body: expect.stringContaining(
        'No service answers at "nobody-dev.localhost:80".',
      ),
    });
    const json = await request(agent.routerPort, '<b>.localhost', {
      headers: { accept: 'application/json' },
    });
    expect(JSON.parse(json.body).error.code).toBe('unknown-host');
    const health = await request(agent.routerPort, 'localhost', {
      path: '/healthz',
    });
    expect(health.status).toBe(200);
  });

  it('obeys its token only, and says which part of a request is wrong', async () => {
    const ask = (token: string, method: string, pathname: string, body = '') =>
      request(agent.controlPort, 'localhost', {
        path: pathname,
        method,
        body,
        headers: { authorization: `Bearer ${token}` },
      });

    expect((await ask('wrong', 'GET', '/workloads')).status).toBe(401);
    expect((await ask('', 'GET', '/healthz')).status).toBe(200);
    expect((await ask(TOKEN, 'GET', '/nothing')).status).toBe(404);
    expect(
      (await ask(TOKEN, 'PUT', '/workloads/orders/dev/instances/..%2Fx', '{}'))
        .body,
    ).toContain('Wrong in the instance id');
    expect(
      (await ask(TOKEN, 'PUT', '/workloads/orders/dev/route', '{')).body,
    ).toContain('The body is not JSON.');
    const {
      ref: _,
      instanceId: __,
      ...release
    } = createRelease(artifact, 'v1');
    const wrong = await ask(
      TOKEN,
      'PUT',
      '/workloads/orders/dev/instances/v1',
      JSON.stringify({ ...release, variables: { NUMBER: 3 } }),
    );
    expect(wrong.status).toBe(400);
    expect(wrong.body).toContain('Wrong in the body at variables.NUMBER');
    expect(
      (await ask(TOKEN, 'GET', '/workloads/orders/dev/logs?tail=all')).body,
    ).toContain('use a number from 0 to 9999');
  });
});
