import { TestDatabases } from '@backstage/backend-test-utils';
import type { Approval, Page, Run } from '@slipway/plugin-platform-common';
import {
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const PLACE = { service: 'orders', environment: 'dev' };

describe('scaling', () => {
  let platform: StartedDelivery;

  beforeAll(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true, replicas: { default: 2, maximum: 4 } },
      { name: 'staging' },
      { name: 'prod', protected: true },
    ]);
  });

  afterAll(() => platform.stop());

  const ask = (kind: string, input: object, who?: string) =>
    platform.send<Run>('post', '/runs', { kind, input }, who);

  async function done(kind: string, input: object): Promise<Run> {
    const { body, message } = await ask(kind, input);
    expect(message).toBeUndefined();
    const run = await platform.reaches(body);
    expect([run.state, run.failure]).toEqual(['succeeded', undefined]);
    return run;
  }

  it('starts as many as the environment says, then as many as somebody wants', async () => {
    await platform.pushed();
    expect(platform.started.at(-1)?.replicas).toBe(2);
    const run = await done('scale-service', { ...PLACE, replicas: 3 });
    expect(run).toMatchObject({
      title: 'Scale orders in dev to 3',
      target: 'deploy:orders:dev',
      changes: [
        {
          action: 'change',
          what: 'orders in dev',
          detail: 'from 2 replicas to 3 replicas',
        },
      ],
    });
    expect(platform.providers.calls).toContain('scale orders dev 3');
    await platform.pushed();
    expect(platform.started.at(-1)?.replicas).toBe(3);
  });

  it('is taken back where what it led to is not well', async () => {
    const { runtime } = platform.providers;
    const observe = jest.spyOn(runtime, 'observe').mockResolvedValue({
      health: 'crash-looping',
      restarts: 9,
      message: 'It exited with code 1.',
    });
    const { body } = await ask('scale-service', { ...PLACE, replicas: 4 });
    const failed = await platform.reaches(body);
    observe.mockRestore();
    expect(failed.failure?.message).toBe(
      'orders in dev is not well: It exited with code 1.',
    );
    await platform.post(`/runs/${failed.id}/undo`, {});
    await platform.reaches(failed, ['undone']);
    expect(platform.providers.calls.at(-1)).toBe('scale orders dev 3');
  });

  it('restarts, stops and starts, each as a run', async () => {
    await done('restart-service', PLACE);
    expect(platform.providers.calls).toContain('restart orders dev');
    await done('stop-service', { ...PLACE, reason: 'costs too much' });
    expect(platform.providers.stopped.get('orders dev')).toBe(
      'mara stopped it (costs too much)',
    );
    for (const kind of ['stop-service', 'restart-service', 'scale-service']) {
      const { status, message } = await ask(kind, {
        ...PLACE,
        ...(kind === 'scale-service' && { replicas: 1 }),
      });
      expect([status, message]).toEqual([
        409,
        'orders in dev is stopped: mara stopped it (costs too much). Start it first.',
      ]);
    }
    await done('start-service', PLACE);
    expect(platform.providers.stopped.size).toBe(0);
    const { status, message } = await ask('start-service', PLACE);
    expect([status, message]).toEqual([409, 'orders in dev is not stopped.']);
  });

  it('waits for a second person where the environment is protected', async () => {
    const release = await platform.pushed();
    for (const environment of ['staging', 'prod']) {
      const { body } = await platform.deploy(release, environment);
      await approve(body);
      await platform.reaches(body);
    }
    const { body } = await ask('stop-service', {
      service: 'orders',
      environment: 'prod',
    });
    expect(body.state).toBe('waiting');
    await approve(body);
    expect((await platform.reaches(body)).state).toBe('succeeded');
  });

  async function approve({ id, state }: Run): Promise<void> {
    const { items } = await platform.get<Page<Approval>>('/approvals');
    const open = items.filter(
      each => each.run.id === id && state === 'waiting',
    );
    for (const approval of open) {
      await platform.post(`/approvals/${approval.id}/approve`, {}, 'idris');
    }
  }

  it.each([
    ['scale-service', { ...PLACE, replicas: 0 }, 400, 'Use at least 1.'],
    ['scale-service', { ...PLACE, replicas: 1.5 }, 400, 'whole number'],
    ['scale-service', { ...PLACE, replicas: 'many' }, 400, 'whole number'],
    ['scale-service', PLACE, 400, 'replicas: '],
    ['scale-service', { ...PLACE, replicas: 5 }, 400, 'takes at most 4'],
    [
      'scale-service',
      { service: 'orders', environment: 'nowhere', replicas: 1 },
      400,
      'there is no environment "nowhere"',
    ],
    ['restart-service', { ...PLACE, service: 'other' }, 404, 'no service'],
  ])('refuses %s %j', async (kind, input, status, message) => {
    expect(await ask(kind, input)).toMatchObject({
      status,
      message: expect.stringContaining(message),
    });
  });

  it('refuses people of other teams, and what serves nowhere', async () => {
    expect((await ask('restart-service', PLACE, 'tomas')).status).toBe(403);
    await platform.providers.runtime.remove(
      { service: 'orders', environment: 'staging' },
      { idempotencyKey: 'k', signal: new AbortController().signal, log() {} },
    );
    await platform
      .knex('deployments')
      .where({ environment: 'staging' })
      .delete();
    const { status, message } = await ask('restart-service', {
      service: 'orders',
      environment: 'staging',
    });
    expect([status, message]).toEqual([
      409,
      'Nothing of orders serves in staging. Deploy a release first.',
    ]);
  });
});
