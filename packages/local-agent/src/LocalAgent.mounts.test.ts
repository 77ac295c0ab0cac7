import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type {
  AgentClient,
  LocalRuntime,
  VolumeStatus,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type {
  ReleaseFile,
  ReleaseSpec,
  ReleaseVolume,
  WorkloadRef,
} from '@slipway/plugin-platform-node';
import {
  createClient,
  createContext,
  createRelease,
  createRuntime,
  createTestDirectory,
  packService,
  REF,
  removeTestDirectory,
  TOKEN,
} from './__testUtils__/createTestAgent';
import { eventually, request } from './__testUtils__/request';
import { LocalAgent } from './LocalAgent';

jest.setTimeout(60_000);

const MEGABYTE = 1_000_000;
const OTHER: WorkloadRef = { service: 'billing', environment: 'dev' };
const hasBubblewrap = (() => {
  try {
    execFileSync('bwrap', ['--dev-bind', '/', '/', 'true']);
    return true;
  } catch {
    return false;
  }
})();

describe.each([
  ...(hasBubblewrap ? [['with bubblewrap', 'bwrap'] as const] : []),
  ['without bubblewrap', 'no-such-program'] as const,
])('volumes and files, %s', (_name, bubblewrap) => {
  const isBound = bubblewrap === 'bwrap';
  const directory = createTestDirectory();
  const stateDirectory = path.join(directory, 'agent');
  const volumesDirectory = path.join(stateDirectory, 'volumes');
  let artifact: ReleaseSpec['artifact'];
  let agent: LocalAgent;
  let runtime: LocalRuntime;
  let client: AgentClient;
  let volumes = 0;

  const start = async () => {
    agent = await LocalAgent.start({
      stateDirectory,
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      bubblewrap,
      logger: { info: () => undefined, warn: () => undefined },
      tuning: { restartDelayMs: 20, volumeIntervalMs: 50, keptInstances: 1 },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
    client = createClient(agent.controlPort);
  };

  beforeAll(async () => {
    artifact = packService(directory);
    await start();
  });

  afterEach(async () => {
    await runtime.remove(REF, createContext());
    await runtime.remove(OTHER, createContext());
  });

  afterAll(async () => {
    await agent.stop();
    removeTestDirectory(directory);
  });

  async function makeVolume(quotaBytes = MEGABYTE): Promise<string> {
    volumes += 1;
    const id = `volume-${volumes}`;
    await putVolume(id, quotaBytes);
    return id;
  }

  function putVolume(id: string, quotaBytes = MEGABYTE) {
    return client.json<VolumeStatus>(`/volumes/${id}`, {
      method: 'PUT',
      body: { name: `orders.${id}`, quotaBytes },
    });
  }

  function act(id: string, action: 'suspend' | 'restore') {
    return client.send(`/volumes/${id}/${action}`, { method: 'POST' });
  }

  function removeVolume(id: string) {
    return client.send(`/volumes/${id}`, { method: 'DELETE' });
  }

  async function deploy(
    what: { volumes?: ReleaseVolume[]; files?: ReleaseFile[] },
    instanceId = 'v1',
    ref = REF,
  ): Promise<string[]> {
    const context = createContext();
    const release = createRelease(
      artifact,
      instanceId,
      {},
      { ref, gracePeriodMs: 2_000, ...what },
    );
    await runtime.start(release, context);
    await runtime.switchTraffic(ref, instanceId, context);
    await runtime.retire(ref, instanceId, context);
    return context.lines;
  }

  async function environmentOf(ref = REF): Promise<Record<string, string>> {
    const { body } = await send('/environment', {}, ref);
    return JSON.parse(body);
  }

  function send(
    pathname: string,
    options: Parameters<typeof request>[2] = {},
    { service, environment }: WorkloadRef = REF,
  ) {
    const host = `${service}-${environment}.localhost`;
    return request(agent.routerPort, host, { path: pathname, ...options });
  }

  /** Lets the service append to a file, and answers what is in it then. */
  async function useFile(file: string, body = '', ref = REF) {
    const { status, body: content } = await send(
      '/file',
      { method: 'POST', headers: { 'x-file': file }, body },
      ref,
    );
    return status === 200 ? content : `refused: ${content}`;
  }

  const fileOf = (
    target: string,
    content: string,
    mode = '0600',
  ): ReleaseFile => ({
    target,
    mode,
    content: Buffer.from(content).toString('base64'),
  });

  const volumeAt = (
    source: string,
    target: string,
    more: Partial<ReleaseVolume> = {},
  ): ReleaseVolume => ({ source, target, readOnly: false, ...more });

  it('shows a volume below the artifact, to two services at once, and keeps what they write', async () => {
    const data = await makeVolume();
    await deploy({ volumes: [volumeAt(data, 'var/data')] });
    await deploy(
      { volumes: [volumeAt(data, './shared', { path: 'of/all' })] },
      'v1',
      OTHER,
    );

    await useFile('shared/note', 'from billing', OTHER);
    expect(await useFile('var/data/of/all/note', ', and orders')).toBe(
      'from billing, and orders',
    );
    const { SLIPWAY_VOLUME_VAR_DATA: where } = await environmentOf();
    expect(await useFile(`${where}/own`, 'own')).toBe('own');

    await deploy({ volumes: [volumeAt(data, 'elsewhere')] }, 'v2');
    expect(await useFile('elsewhere/own')).toBe('own');
  });

  it('shows a volume at an absolute path, or says where it is', async () => {
    const data = await makeVolume();
    const lines = await deploy({
      volumes: [
        volumeAt(data, '/data'),
        volumeAt(data, '/var/lib/slipway-test/only', { readOnly: true }),
      ],
    });
    const variables = await environmentOf();
    const where = variables.SLIPWAY_VOLUME_DATA;

    expect(await useFile(`${where}/note`, 'kept')).toBe('kept');
    expect(
      readFileSync(path.join(volumesDirectory, data, 'note'), 'utf8'),
    ).toBe('kept');
    const readOnly = variables.SLIPWAY_VOLUME_VAR_LIB_SLIPWAY_TEST_ONLY;
    expect(await useFile(`${readOnly}/note`)).toBe('kept');
    const place = path.join(volumesDirectory, data);
    expect([where, readOnly]).toEqual(
      isBound ? ['/data', '/var/lib/slipway-test/only'] : [place, place],
    );
    expect(await useFile(`${readOnly}/note`, ' and changed')).toMatch(
      isBound ? /EROFS/ : /^kept and changed$/,
    );
    expect(
      lines.some(line => line.endsWith('its path from SLIPWAY_VOLUME_DATA.')),
    ).toBe(!isBound);
    // Nothing of it is on the machine itself.
    expect(existsSync('/data')).toBe(false);
    expect(existsSync('/var/lib/slipway-test')).toBe(false);
  });

  it('has processes that see volumes as any other: measured, restarted, adopted, stopped', async () => {
    const data = await makeVolume();
    await deploy({ volumes: [volumeAt(data, '/data')] });
    const { SLIPWAY_VOLUME_DATA: where } = await environmentOf();
    await useFile(`${where}/note`, 'kept');
    const { memoryBytes = 0 } = await runtime.observe(REF);
    // A Node.js process takes more; bubblewrap by itself far less.
    expect(memoryBytes).toBeGreaterThan(20 * MEGABYTE);

    await send('/crash', { method: 'POST' });
    await eventually(
      () => runtime.observe(REF),
      ({ restarts, health }) => restarts === 1 && health === 'healthy',
    );
    expect(await useFile(`${where}/note`)).toBe('kept');

    await agent.stop();
    await start();
    // The service is on its way; the router holds the request.
    expect((await send('/')).status).toBe(200);
    expect(await useFile(`${where}/note`)).toBe('kept');

    const { PORT } = await environmentOf();
    await deploy({ volumes: [volumeAt(data, '/data')] }, 'v2');
    await expect(request(Number(PORT), 'localhost')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    expect(await useFile(`${where}/note`)).toBe('kept');
  });

  it('degrades a service whose volume is over its quota, until it is not', async () => {
    const data = await makeVolume();
    await deploy({ volumes: [volumeAt(data, 'data')] });
    const large = path.join(volumesDirectory, data, 'large');
    writeFileSync(large, 'x'.repeat(2 * MEGABYTE));

    // It may be looked at while it is being written.
    const full = await eventually(
      () => runtime.observe(REF),
      ({ health, message }) =>
        health === 'degraded' && message?.includes('2 MB') === true,
    );
    expect(full.message).toMatch(
      new RegExp(
        `^The volume orders.${data} holds 2 MB, which is more than its 1 MB\\. Delete`,
      ),
    );
    const { usedBytes, problem } = await client.json<VolumeStatus>(
      `/volumes/${data}`,
    );
    expect(usedBytes).toBeGreaterThan(2 * MEGABYTE - 1);
    expect(problem).toContain('holds 2 MB, which is more than its 1 MB.');

    await putVolume(data, 10 * MEGABYTE);
    await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'healthy',
    );
    await putVolume(data);
    await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'degraded',
    );
    rmSync(large);
    await eventually(
      () => runtime.observe(REF),
      ({ health, message }) => health === 'healthy' && message === undefined,
    );
  });

  it('keeps a volume that was suspended, gives it back, and removes it, each as often as it is asked', async () => {
    const data = await makeVolume();
    const place = path.join(volumesDirectory, data);
    writeFileSync(path.join(place, 'note'), 'kept');
    await putVolume(data);

    await act(data, 'suspend');
    await act(data, 'suspend');
    expect(existsSync(place)).toBe(false);
    expect(await client.json(`/volumes/${data}`)).toMatchObject({
      state: 'suspended',
      isWritable: false,
    });
    await expect(putVolume(data)).rejects.toThrow('Restore it, or purge it');
    await expect(deploy({ volumes: [volumeAt(data, 'data')] })).rejects.toThrow(
      `The volume orders.${data} is not on this machine.`,
    );

    await act(data, 'restore');
    await act(data, 'restore');
    await deploy({ volumes: [volumeAt(data, 'data')] });
    expect(await useFile('data/note')).toBe('kept');

    await expect(act(data, 'suspend')).rejects.toThrow(
      `orders-dev runs with the volume orders.${data}.`,
    );
    await expect(removeVolume(data)).rejects.toThrow('orders-dev runs with');
    await deploy({}, 'v2');
    await act(data, 'suspend');
    await removeVolume(data);
    await removeVolume(data);
    await act(data, 'suspend');
    await expect(client.json(`/volumes/${data}`)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(act(data, 'restore')).rejects.toThrow('not on this machine');
    expect(readdirSync(path.join(stateDirectory, 'suspended-volumes'))).toEqual(
      [],
    );
  });

  it('sees what was done to a volume by hand, and mends it', async () => {
    const data = await makeVolume();
    const place = path.join(volumesDirectory, data);
    expect(await client.json(`/volumes/${data}`)).toMatchObject({
      isWritable: true,
    });
    chmodSync(place, 0o500);
    expect(await client.json(`/volumes/${data}`)).toMatchObject({
      isWritable: false,
    });
    expect(await putVolume(data)).toMatchObject({ isWritable: true });
    rmSync(place, { recursive: true });
    await expect(client.json(`/volumes/${data}`)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await putVolume(data);
    expect(existsSync(place)).toBe(true);
  });

  it('writes files for the service alone, and forgets them when it is stopped', async () => {
    const release = {
      files: [
        fileOf('config/app.conf', 'secret one'),
        fileOf('service.conf', 'secret two', '0640'),
        fileOf('/etc/slipway-test/app.conf', 'secret three'),
      ],
    };
    await deploy(release);
    // Asked again, it is the same.
    await deploy(release);
    await expect(
      deploy({ files: [fileOf('config/app.conf', 'another secret')] }),
    ).rejects.toThrow('already runs with another');

    const {
      SLIPWAY_FILE_ETC_SLIPWAY_TEST_APP_CONF: absolute,
      SLIPWAY_FILE_CONFIG_APP_CONF: relative,
    } = await environmentOf();
    expect(await useFile('config/app.conf')).toBe('secret one');
    expect(await useFile('service.conf')).toBe('secret two');
    expect(await useFile(absolute)).toBe('secret three');
    expect(absolute === '/etc/slipway-test/app.conf').toBe(isBound);
    expect(existsSync('/etc/slipway-test')).toBe(false);
    expect(await useFile(relative)).toBe('secret one');
    const files = path.join(stateDirectory, 'workloads/orders-dev/releases/v1');
    const modeOf = (file: string) =>
      (statSync(path.join(files, file)).mode % 0o1000).toString(8);
    expect(modeOf('files/config/app.conf')).toBe('600');
    expect(modeOf('files/service.conf')).toBe('640');
    expect(modeOf('mounts')).toBe('700');
    const state = path.join(stateDirectory, 'state.json');
    expect(readFileSync(state, 'utf8')).not.toContain(
      Buffer.from('secret').toString('base64').slice(0, 6),
    );
    expect((statSync(state).mode % 0o1000).toString(8)).toBe('600');

    await deploy({}, 'v2');

    expect(existsSync(path.join(files, 'mounts'))).toBe(false);
    expect(existsSync(path.join(files, 'files/config/app.conf'))).toBe(false);
    expect(existsSync(path.join(files, 'stdout.log'))).toBe(true);
  });

  it('keeps no variables of an instance that was stopped', async () => {
    const context = createContext();
    const start_ = (id: string, password: string) =>
      runtime.start(createRelease(artifact, id, { password }), context);
    const state = () =>
      readFileSync(path.join(stateDirectory, 'state.json'), 'utf8');
    await start_('v1', 'old-password');
    await runtime.switchTraffic(REF, 'v1', context);
    expect(state()).toContain('old-password');
    await start_('v2', 'new-password');
    await runtime.switchTraffic(REF, 'v2', context);
    await runtime.retire(REF, 'v2', context);

    expect(state()).not.toContain('old-password');
    expect(state()).toContain('new-password');
  });

  it.each([
    ['../out', "not below the artifact's root"],
    ['.', "not below the artifact's root"],
    ['service.mjs', 'has something there already'],
    ['/proc/data', "which is the system's"],
    ['/', "which is the system's"],
  ])('refuses a volume at %s', async (target, message) => {
    const data = await makeVolume();
    await expect(deploy({ volumes: [volumeAt(data, target)] })).rejects.toThrow(
      message,
    );
  });

  it('refuses paths that lead out of a volume, and targets that are used twice', async () => {
    const data = await makeVolume();
    symlinkSync('/etc', path.join(volumesDirectory, data, 'out'));
    mkdirSync(path.join(volumesDirectory, data, 'in'));
    for (const below of ['out', 'in/../../x', '../x']) {
      await expect(
        deploy({ volumes: [volumeAt(data, 'data', { path: below })] }),
      ).rejects.toThrow('which is no folder of it');
    }
    await expect(
      deploy({ volumes: [volumeAt(data, '/a/b'), volumeAt(data, '/a-b')] }),
    ).rejects.toThrow('SLIPWAY_VOLUME_A_B');
    await expect(
      deploy({ volumes: [volumeAt('nothing', 'data')] }),
    ).rejects.toThrow('The volume nothing is not on this machine.');
  });
});
