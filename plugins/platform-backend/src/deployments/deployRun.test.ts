import { TestDatabases } from '@backstage/backend-test-utils';
import type { Deployment, Run } from '@slipway/plugin-platform-common';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import request from 'supertest';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { gate } from '../__testUtils__/runs';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('deploy runs', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;

  beforeEach(async () => {
    platform = await startPlatform(databases);
  });

  afterEach(() => platform.stop());

  async function get<T>(url: string): Promise<T> {
    const response = await request(platform.server)
      .get(`/api/platform${url}`)
      .set(as('mara'));
    expect(response.status).toBe(200);
    return response.body;
  }

  async function deployments(): Promise<Deployment[]> {
    const { items } = await get<{ items: Deployment[] }>(
      '/services/orders/deployments',
    );
    return items;
  }

  async function push(sha: string, serves: number): Promise<Deployment> {
    await platform.providers.push(sha);
    let newest: Deployment | undefined;
    await until(async () => {
      [newest] = (await get<{ items: unknown[] }>('/services')).items.length
        ? await deployments()
        : [];
      return newest?.state === 'serving' && newest.release.number === serves;
    });
    // Traffic moves before the run has ended.
    await until(async () => {
      const { state } = await get<Run>(`/runs/${newest!.runId}`);
      return state === 'succeeded';
    });
    return newest!;
  }

  async function deploy({ release }: Deployment): Promise<Run> {
    const response = await request(platform.server)
      .post('/api/platform/services/orders/deployments')
      .set(as('mara'))
      .send({ environment: 'dev', releaseId: release.id });
    expect(response.body.error).toBeUndefined();
    return response.body;
  }

  it('say in words what they change', async () => {
    const first = await push('a1', 1);
    const second = await push('a2', 2);
    const changes = async ({ runId }: { runId: string }) =>
      (await get<Run>(`/runs/${runId}`)).changes;
    expect(await changes(first)).toEqual([
      {
        action: 'create',
        what: 'orders in dev',
        detail: 'with v1 a100000 Change something',
      },
    ]);
    expect(await changes(second)).toEqual([
      {
        action: 'change',
        what: 'orders in dev',
        detail: 'from v1 a100000 to v2 a200000 Change something',
        commits: {
          direction: 'forward',
          repository: 'orders',
          total: 1,
          items: [expect.objectContaining({ title: 'Change something' })],
        },
      },
    ]);
    expect((await deploy(first)).changes).toEqual([
      {
        action: 'change',
        what: 'orders in dev',
        detail: 'from v2 a200000 to v1 a100000 Change something',
        commits: {
          direction: 'back',
          repository: 'orders',
          total: 1,
          items: [expect.objectContaining({ title: 'Change something' })],
        },
      },
    ]);
  });

  async function runEnds({ id }: Run, state: Run['state']): Promise<void> {
    await until(async () => (await get<Run>(`/runs/${id}`)).state === state);
  }

  it('start what serves again beside itself, as an instance of its own', async () => {
    const first = await push('a1', 1);
    const { runtime } = platform.providers;
    const start = jest.spyOn(runtime, 'start');
    const retire = jest.spyOn(runtime, 'retire');

    await runEnds(await deploy(first), 'succeeded');

    const [second] = await deployments();
    expect(second.release.id).toBe(first.release.id);
    expect(second.id).not.toBe(first.id);
    const ref = { service: 'orders', environment: 'dev' };
    const instance = { instanceId: second.id, releaseId: first.release.id };
    expect(start.mock.calls).toMatchObject([[{ ref, ...instance }, {}]]);
    expect(retire.mock.calls).toMatchObject([[ref, second.id, {}]]);
    expect((await runtime.observe(ref)).instanceId).toBe(second.id);
  });

  it('start anew what was stopped when traffic could not be moved', async () => {
    const first = await push('a1', 1);
    const { runtime, calls } = platform.providers;
    const broken = jest
      .spyOn(runtime, 'switchTraffic')
      .mockRejectedValue(new OperationFailedError({ message: 'No route.' }));
    const run = await deploy(first);
    await runEnds(run, 'failed');
    await until(async () => (await deployments())[0].state === 'failed');
    expect(calls.slice(-2)).toEqual(['start v1', 'abandon']);

    broken.mockRestore();
    await request(platform.server)
      .post(`/api/platform/runs/${run.id}/retry`)
      .set(as('mara'))
      .expect(200);
    await runEnds(run, 'succeeded');

    expect(calls.slice(-1)).toEqual(['start v1']);
    expect((await deployments())[0].state).toBe('serving');
  });

  it('know that they serve where traffic moved and the run failed all the same', async () => {
    const first = await push('a1', 1);
    const { runtime, calls } = platform.providers;
    const switchTraffic = runtime.switchTraffic;
    jest.spyOn(runtime, 'switchTraffic').mockImplementation(async (...args) => {
      await switchTraffic(...args);
      throw new OperationFailedError({ message: 'The line went dead.' });
    });
    await runEnds(await deploy(first), 'failed');
    await until(async () => (await deployments())[0].state === 'serving');
    expect((await deployments())[1].state).toBe('superseded');
    expect(calls).not.toContain('abandon');
  });

  it('make way for a rollback, and ask again where something else serves since', async () => {
    const first = await push('a1', 1);
    const second = await push('a2', 2);
    const { open, opened } = gate();
    const { runtime } = platform.providers;
    const start = runtime.start;
    jest.spyOn(runtime, 'start').mockImplementationOnce(async (...args) => {
      await opened;
      return start(...args);
    });
    const running = await deploy(second);
    const inLine = await deploy(second);
    const rollback = await deploy(first);
    expect([rollback.priority, rollback.input.cause]).toEqual([10, 'rollback']);
    await runEnds(running, 'cancelling');
    open();
    await runEnds(running, 'cancelled');
    await runEnds(rollback, 'succeeded');
    await runEnds(inLine, 'failed');
    const { failure } = await get<Run>(`/runs/${inLine.id}`);
    expect(failure?.message).toBe(
      'v1 a100000 serves in dev since this was asked for, by another deployment.',
    );
  });
});
