import { TestDatabases } from '@backstage/backend-test-utils';
import type { PipelineOutcome } from '@slipway/plugin-platform-node';
import type { Run } from '@slipway/plugin-platform-common';
import request from 'supertest';
import { gzipSync } from 'node:zlib';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { FIRST_COMMIT, SCORE } from '../__testUtils__/providers';
import { gate } from '../__testUtils__/runs';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const RED: PipelineOutcome = {
  state: 'failed',
  failure: { message: 'Job "test" failed.', job: 'test' },
};

describe('creating a service', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  let green: PipelineOutcome;

  beforeEach(async () => {
    platform = await startPlatform(databases);
    const { providers } = platform;
    green = providers.outcome;
    providers.repositories.clear();
    providers.files.set('score.yaml', SCORE.replace('orders', 'parcels'));
  });

  afterEach(() => platform.stop());

  const api = () => request(platform.server);

  function create(
    query: Record<string, string> = {},
    options: { who?: string; key?: string; archive?: Buffer } = {},
  ) {
    const { who = 'mara', key, archive = gzipSync('files') } = options;
    return api()
      .post('/api/platform/services')
      .query({
        name: 'parcels',
        description: 'Tracks parcels',
        owner: 'payments',
        ...query,
      })
      .set({ ...as(who), ...(key && { 'Idempotency-Key': key }) })
      .type('application/gzip')
      .send(archive);
  }

  async function created(): Promise<Run> {
    const response = await create();
    expect([response.status, response.body.error]).toEqual([201, undefined]);
    return response.body;
  }

  async function get<T>(url: string): Promise<T> {
    const response = await api().get(`/api/platform${url}`).set(as('mara'));
    expect(response.status).toBe(200);
    return response.body;
  }

  async function reaches(id: string, ...states: string[]): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      run = await get<Run>(`/runs/${id}`);
      return states.includes(run.state);
    });
    return run!;
  }

  const ends = (id: string) =>
    reaches(id, 'succeeded', 'failed', 'cancelled', 'undone');

  async function act(id: string, action: string): Promise<void> {
    const response = await api()
      .post(`/api/platform/runs/${id}/${action}`)
      .set(as('mara'));
    expect(response.body.error).toBeUndefined();
  }

  it('makes the repository, and ends where the service answers', async () => {
    const response = await create({ goldenPath: 'template:default/nodejs' });
    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({
      title: 'Create parcels',
      target: 'service:parcels',
      service: 'parcels',
      owner: 'group:default/payments',
      goldenPath: 'template:default/nodejs',
      changes: [
        { action: 'create', what: 'repository parcels' },
        { action: 'create', what: 'service parcels in dev' },
      ],
    });
    const run = await ends(response.body.id);
    const { items } = await get<{ items: Run[] }>('/runs?service=parcels');
    const [deploy, pipeline] = items;
    expect(run).toMatchObject({
      state: 'succeeded',
      output: {
        repository: 'parcels',
        commit: FIRST_COMMIT,
        entityRef: 'component:default/parcels',
        url: 'http://orders-dev.localhost',
        releaseNumber: 1,
        pipelineRunId: pipeline.id,
        deploymentRunId: deploy.id,
      },
      remains: [
        { what: 'repository parcels', certain: true },
        { what: 'service parcels in dev', certain: true },
      ],
    });
  });

  it('waits for the pipeline without anything being busy with it', async () => {
    const { open, opened } = gate();
    const { engine } = platform.providers;
    const started = engine.run;
    jest.spyOn(engine, 'run').mockImplementation(async (...args) => {
      await opened;
      return started(...args);
    });
    const { id } = await created();
    const waiting = await reaches(id, 'waiting');
    expect(waiting.waits.find(({ state }) => state === 'open')).toMatchObject({
      kind: 'event',
      waitsFor: 'machines',
      reason: 'the pipeline of f157000',
    });
    open();
    expect((await ends(id)).state).toBe('succeeded');
  });

  it('waits for a first push that is delivered later', async () => {
    const { providers } = platform;
    jest.spyOn(providers, 'push').mockResolvedValueOnce(undefined);
    const { id } = await created();
    const waiting = await reaches(id, 'waiting');
    expect(waiting.waits.find(({ state }) => state === 'open')).toMatchObject({
      reason: 'the first push of parcels to start its pipeline',
    });
    const [repository] = providers.repositories.values();
    await providers.push(FIRST_COMMIT, 'main', repository);
    expect((await ends(id)).state).toBe('succeeded');
  });

  it('starts one run under one idempotency key, and refuses the key for another', async () => {
    const first = await create({}, { key: 'task-1:create' });
    await ends(first.body.id);
    const again = await create({}, { key: 'task-1:create' });
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    const other = await create({ name: 'letters' }, { key: 'task-1:create' });
    expect(other.status).toBe(409);
    expect(
      platform.providers.calls.filter(call => call === 'create parcels'),
    ).toHaveLength(1);
  });

  it('knows its own repository again when the answer to its creation got lost', async () => {
    const { forge } = platform.providers;
    const createRepository = forge.createRepository;
    jest
      .spyOn(forge, 'createRepository')
      .mockImplementationOnce(async (...args) => {
        await createRepository(...args);
        throw new Error('The connection was reset.');
      });
    const { id } = await created();
    const run = await ends(id);
    expect(run.state).toBe('succeeded');
    expect(run.steps[0].attempt).toBe(2);
    expect(
      platform.providers.calls.filter(call => call === 'create parcels'),
    ).toHaveLength(1);
  });

  it("fails with the pipeline's failure, and after a fix goes on with the newest", async () => {
    const { providers } = platform;
    providers.outcome = RED;
    const { id } = await created();
    const failed = await ends(id);
    const { items } = await get<{ items: Run[] }>('/runs?kind=pipeline');
    expect(failed).toMatchObject({
      state: 'failed',
      failure: {
        message: 'The pipeline of parcels f157000 failed: Job "test" failed.',
        hint: expect.stringContaining(`/runs/${items[0].id}`),
      },
      remains: [{ what: 'repository parcels' }],
    });

    providers.outcome = green;
    const [repository] = providers.repositories.values();
    await providers.push('f1', 'main', repository);
    await act(id, 'retry');
    const run = await ends(id);
    expect(run).toMatchObject({
      state: 'succeeded',
      output: { releaseNumber: 1 },
    });
    expect(run.output?.pipelineRunId).not.toBe(items[0].id);
    expect(
      providers.calls.filter(call => call === 'create parcels'),
    ).toHaveLength(1);
  });

  it('goes on after somebody retried the deployment that failed', async () => {
    const { providers } = platform;
    providers.broken.add('v1');
    const { id } = await created();
    const failed = await ends(id);
    expect(failed.failure?.message).toBe(
      'The deployment of parcels v1 to dev failed: It never became ready.',
    );
    providers.broken.clear();
    const { items } = await get<{ items: Run[] }>('/runs?kind=deploy');
    await act(items[0].id, 'retry');
    await act(id, 'retry');
    expect(await ends(id)).toMatchObject({
      state: 'succeeded',
      output: { deploymentRunId: items[0].id },
    });
  });

  it('takes everything back on undo, and the name can be had again', async () => {
    const { providers } = platform;
    providers.broken.add('v1');
    const { id } = await created();
    const failed = await ends(id);
    expect(failed.remains).toEqual([
      { stepId: 'repository', what: 'repository parcels', certain: true },
      { stepId: 'serve', what: 'service parcels in dev', certain: false },
    ]);
    await act(id, 'undo');
    expect(await ends(id)).toMatchObject({ state: 'undone', remains: [] });
    expect(providers.calls).toContain('remove parcels dev');
    expect(providers.repositories.size).toBe(0);
    expect(await get('/services')).toEqual({ items: [] });

    providers.broken.clear();
    const again = await ends((await created()).id);
    expect(again).toMatchObject({
      state: 'succeeded',
      output: { releaseNumber: 2 },
    });
  });

  it('stops a pipeline that is under way before it takes things back', async () => {
    const { engine } = platform.providers;
    jest.spyOn(engine, 'run').mockImplementation(
      ({ signal }) =>
        new Promise(resolve => {
          signal.addEventListener('abort', () =>
            resolve({ state: 'cancelled' }),
          );
        }),
    );
    const { id } = await created();
    await reaches(id, 'waiting');
    await act(id, 'cancel');
    await ends(id);
    await act(id, 'undo');
    expect((await reaches(id, 'undone')).state).toBe('undone');
    const { items } = await get<{ items: Run[] }>('/runs?kind=pipeline');
    expect(items.map(({ state }) => state)).toEqual(['cancelled']);
    expect(platform.providers.repositories.size).toBe(0);
  });

  it("leaves a repository alone that isn't its own", async () => {
    const { providers } = platform;
    const { forge } = providers;
    jest.spyOn(forge, 'findRepository').mockResolvedValueOnce(undefined);
    providers.repositories.set('parcels', {
      ...providers.repository,
      name: 'parcels',
    });
    const { id } = await created();
    const failed = await ends(id);
    expect(failed.failure?.message).toContain('is taken');
    expect(failed.steps[0].attempt).toBe(1);
    await act(id, 'undo');
    expect((await ends(id)).state).toBe('undone');
    expect(providers.repositories.has('parcels')).toBe(true);
  });

  it.each([
    [{ name: 'No' }, {}, 400, /name: Use lower-case letters/],
    [{ name: 'taken' }, {}, 409, /"taken" is taken by a repository/],
    [{ owner: 'user:default/mara' }, {}, 400, /can't own a service/],
    [{ owner: 'growth' }, {}, 403, /growth/],
    [{}, { who: 'tomas' }, 403, /payments/i],
    [{}, { archive: Buffer.from('{}') }, 400, /no gzipped tar/],
    [{}, { archive: Buffer.alloc(0) }, 400, /no gzipped tar/],
    [{}, { key: 'has spaces' }, 400, /idempotency key/],
  ])('answers %j %j with %d', async (query, options, status, message) => {
    const { repositories, repository } = platform.providers;
    repositories.set('taken', repository);
    const response = await create(query, options);
    expect([response.status, response.body.error?.message]).toEqual([
      status,
      expect.stringMatching(message),
    ]);
    expect(platform.providers.calls).toEqual([]);
  });
});
