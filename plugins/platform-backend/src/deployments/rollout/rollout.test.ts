import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  ReleaseHold,
  Run,
  ServiceSummary,
} from '@slipway/plugin-platform-common';
import { until } from '../../__testUtils__/until';
import {
  signalsOf,
  startDelivery,
  type StartedDelivery,
} from '../__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const CANARY = {
  strategy: 'canary',
  steps: [
    { percent: 10, for: '1s' },
    { percent: 50, for: '1s' },
  ],
  bake: '1s',
};

const SMOKE_CHECK = `apiVersion: slipway.dev/v1
kind: Delivery
spec:
  smokeChecks:
    - name: lists orders
      request: { path: /orders }
`;

const holds = async (platform: StartedDelivery) =>
  (await platform.get<{ items: ReleaseHold[] }>('/services/orders/holds'))
    .items;

describe('a canary', () => {
  let platform: StartedDelivery;

  beforeEach(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true, rollout: CANARY },
    ]);
  });

  afterEach(() => platform.stop());

  it('gets a part of the traffic after the other, and stays where it does no worse', async () => {
    const { providers, pushed } = platform;
    const first = await pushed();
    expect(providers.calls.filter(call => call.startsWith('shift'))).toEqual(
      [],
    );
    const second = await platform.push();
    await until(
      async () => (await platform.deployment(second)).rollout?.stage === 'bake',
      30_000,
    );
    expect(await platform.deployment(second)).toMatchObject({
      state: 'serving',
      cause: 'pipeline',
      previous: { deploymentId: first.id, release: 1 },
      rollout: { percent: 100 },
    });
    providers.signals.set(second.id, signalsOf(40, 0));
    await platform.reaches({ id: second.runId });
    const served = await platform.deployment(second);
    expect(served).toMatchObject({
      state: 'serving',
      verdict: { state: 'good', now: { requests: 40 } },
    });
    expect(served.rollout).toBeUndefined();
    expect(providers.calls.filter(call => call.startsWith('shift'))).toEqual([
      'shift 10',
      'shift 50',
    ]);
    expect((await platform.deployment(first)).state).toBe('superseded');
  });

  it('that does worse gives its part back, and is held', async () => {
    const { providers } = platform;
    const first = await platform.pushed();
    providers.signals.set(first.id, signalsOf(1_000, 1));
    const second = await platform.push();
    await until(
      async () => (await platform.deployment(second)).rollout?.percent === 10,
      30_000,
    );
    providers.signals.set(first.id, signalsOf(1_900, 1));
    providers.signals.set(second.id, signalsOf(100, 40));
    const run = await platform.reaches({ id: second.runId });
    expect(run).toMatchObject({
      state: 'failed',
      failure: {
        message:
          '40 % of 100 requests failed, where it was 0 % of 900 requests before.',
        hint: expect.stringContaining('v2 is held: it is deployed nowhere'),
      },
    });
    expect(providers.calls.slice(-2)).toEqual(['shift 0', 'abandon']);
    expect((await platform.deployment(first)).state).toBe('serving');
    expect((await platform.deployment(second)).state).toBe('failed');
    expect(await holds(platform)).toMatchObject([
      {
        release: 2,
        placedBy: 'service:default/platform',
        verdict: { state: 'sour' },
      },
    ]);
    const again = await platform.deploy(second, 'dev');
    expect([again.status, again.message]).toEqual([
      409,
      expect.stringContaining('orders v2 is held: It did worse in dev'),
    ]);
  });

  it('that is cancelled gives its part back, and is not held', async () => {
    const { providers } = platform;
    const first = await platform.pushed();
    const second = await platform.push();
    await until(
      async () => (await platform.deployment(second)).rollout?.percent === 10,
      30_000,
    );
    await platform.post(`/runs/${second.runId}/cancel`, {});
    await platform.reaches({ id: second.runId });
    expect(providers.calls.slice(-2)).toEqual(['shift 0', 'abandon']);
    expect((await platform.deployment(first)).state).toBe('serving');
    expect(await holds(platform)).toEqual([]);
  });
});

describe('a worker', () => {
  let platform: StartedDelivery;

  beforeEach(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true, rollout: CANARY },
    ]);
    const { files } = platform.providers;
    const score = files.get('score.yaml') ?? '';
    files.set('score.yaml', score.replace(/service:\n( .*\n)*/, ''));
  });

  afterEach(() => platform.stop());

  it('takes over at once, without traffic to shift, and has no address', async () => {
    const { providers, started } = platform;
    const first = await platform.pushed();
    const second = await platform.pushed();

    expect(second.state).toBe('serving');
    expect(second.url).toBeUndefined();
    expect((await platform.deployment(first)).state).toBe('superseded');
    expect(started.map(({ work }) => work)).toEqual([
      { kind: 'worker' },
      { kind: 'worker' },
    ]);
    expect(providers.calls.filter(call => call.startsWith('shift'))).toEqual(
      [],
    );
    const [{ environments }] = (
      await platform.get<{ items: ServiceSummary[] }>('/services')
    ).items;
    expect(environments).toEqual([
      {
        environment: 'dev',
        health: 'healthy',
        release: { number: 2, sha: second.release.commit.sha },
      },
    ]);
  });

  it('becomes a job by a schedule, which is refused where it can not be read', async () => {
    const { files } = platform.providers;
    const score = files.get('score.yaml') ?? '';
    const withSchedule = (schedule: string) =>
      files.set(
        'score.yaml',
        score.replace(
          'name: orders\n',
          `name: orders\n  annotations: { slipway.dev/schedule: '${schedule}' }\n`,
        ),
      );
    withSchedule('*/5 * * * *');
    const job = await platform.pushed();
    expect([job.state, job.url]).toEqual(['serving', undefined]);
    expect(platform.started.at(-1)?.work).toEqual({
      kind: 'job',
      schedule: '*/5 * * * *',
      timeZone: 'UTC',
      timeLimitMs: 3_600_000,
    });

    withSchedule('99 * * * *');
    await platform.providers.push('bad');
    let run: Run | undefined;
    await until(async () => {
      const { items } = await platform.get<{ items: Run[] }>(
        '/runs?kind=pipeline&state=failed',
      );
      [run] = items;
      return run !== undefined;
    }, 30_000);
    expect(run?.failure?.message).toMatch(
      /^score\.yaml, line 4: .*"99 \* \* \* \*" can't be read/,
    );
  });

  it('has no smoke checks where it answers nothing', async () => {
    const { files, answers } = platform.providers;
    files.set('delivery.yaml', SMOKE_CHECK);
    answers.set('/orders', 200);
    const deaf = await platform.pushed();
    expect(deaf).toMatchObject({
      state: 'failed',
      failure: {
        message: expect.stringContaining('nothing would answer them'),
      },
    });
    files.set(
      'score.yaml',
      `${files.get('score.yaml')}    readinessProbe: { httpGet: { path: /ready, port: 8080 } }\n`,
    );
    expect((await platform.pushed()).state).toBe('serving');
  });
});

describe('a release that bakes', () => {
  let platform: StartedDelivery;

  beforeEach(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true, rollout: { bake: '60s' } },
    ]);
  });

  afterEach(() => platform.stop());

  async function baking() {
    const first = await platform.pushed();
    const second = await platform.push();
    await until(
      async () => (await platform.deployment(second)).rollout?.stage === 'bake',
      30_000,
    );
    return { first, second };
  }

  const serving = async () =>
    (
      await platform.providers.runtime.observe({
        service: 'orders',
        environment: 'dev',
      })
    ).instanceId;

  it('is taken back by itself where it does worse', async () => {
    const { providers } = platform;
    const { first, second } = await baking();
    expect(await serving()).toBe(second.id);
    providers.signals.set(second.id, signalsOf(200, 100));
    const run = await platform.reaches({ id: second.runId });
    expect(run.state).toBe('failed');
    expect(await serving()).toBe(first.id);
    expect(await platform.deployment(second)).toMatchObject({
      state: 'rolled-back',
      verdict: { state: 'sour', now: { requests: 200, errorRate: 0.5 } },
      failure: { message: expect.stringContaining('50 % of 200 requests') },
    });
    expect((await platform.deployment(first)).state).toBe('serving');
    expect(providers.calls.at(-1)).toBe('abandon');

    // A retry changes nothing about that.
    await platform.post(`/runs/${second.runId}/retry`, {});
    await platform.reaches({ id: second.runId });
    expect(await serving()).toBe(first.id);
    expect((await platform.deployment(second)).state).toBe('rolled-back');

    // Once somebody says that it is well, it may go there again.
    const [{ id }] = await holds(platform);
    const lifted = await platform.post<ReleaseHold>(
      `/services/orders/holds/${id}/lift`,
      { reason: 'The cache was cold.' },
    );
    expect(lifted.lifted).toMatchObject({
      by: 'user:default/mara',
      reason: 'The cache was cold.',
    });
    expect((await platform.deploy(second, 'dev')).status).toBe(201);
  });

  it('is taken back at once where somebody rolls back', async () => {
    const { first, second } = await baking();
    const rollback = await platform.post<Run>('/services/orders/rollbacks', {
      environment: 'dev',
      reason: 'Customers complain',
    });
    expect(rollback.input).toMatchObject({
      cause: 'rollback',
      releaseId: first.release.id,
    });
    expect((await platform.reaches(rollback)).state).toBe('succeeded');
    expect((await platform.reaches({ id: second.runId })).state).toBe(
      'cancelled',
    );
    expect(await platform.deployment(second)).toMatchObject({
      state: 'rolled-back',
      failure: { message: expect.stringContaining('v1 serves again') },
    });
    const [newest] = await platform.deployments();
    expect(newest).toMatchObject({
      state: 'serving',
      cause: 'rollback',
      reason: 'Customers complain',
      release: { number: 1 },
    });
    expect(await holds(platform)).toEqual([]);
  });
});

describe('smoke checks', () => {
  let platform: StartedDelivery;

  beforeEach(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true },
    ]);
  });

  afterEach(() => platform.stop());

  it('keep what does not answer from the traffic', async () => {
    const { providers } = platform;
    const first = await platform.pushed();
    providers.files.set('delivery.yaml', SMOKE_CHECK);
    providers.answers.set('/orders', 500);
    const second = await platform.pushed();
    expect(second).toMatchObject({
      state: 'failed',
      failure: {
        message:
          'The smoke check "lists orders" failed: GET /orders answered 500 instead of 200: (nothing)',
      },
    });
    expect((await platform.deployment(first)).state).toBe('serving');
    providers.answers.set('/orders', 200);
    expect((await platform.pushed()).state).toBe('serving');
  });

  it('that can not be read stop the pipeline, and say where', async () => {
    const { providers } = platform;
    await platform.pushed();
    providers.files.set(
      'delivery.yaml',
      SMOKE_CHECK.replace('/orders', 'orders'),
    );
    await providers.push('bad');
    let run: Run | undefined;
    await until(async () => {
      const { items } = await platform.get<{ items: Run[] }>(
        '/runs?kind=pipeline&state=failed',
      );
      [run] = items;
      return run !== undefined;
    }, 30_000);
    expect(run?.failure?.message).toMatch(
      /^delivery\.yaml, line 6: spec\.smokeChecks\.0\.request\.path .*Use a path that begins with/,
    );
  });
});
