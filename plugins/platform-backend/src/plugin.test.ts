import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Deployment, Run } from '@slipway/plugin-platform-common';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { platformDatabase } from './__testUtils__/engine';
import { environmentsText } from './__testUtils__/environments';
import { ORGANISATION } from './decisions/__fixtures__/organisation';
import { SCORE, TestProviders } from './__testUtils__/providers';
import { until } from './__testUtils__/until';
import { platformPlugin } from './plugin';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = {
  authorization: mockCredentials.user.header('user:default/mara'),
};
const tomas = {
  authorization: mockCredentials.user.header('user:default/tomas'),
};

describe('platform', () => {
  let directory: string;
  let providers: TestProviders;
  let api: ReturnType<typeof request>;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'platform-'));
    const output = path.join(directory, 'output');
    await mkdir(output);
    await writeFile(path.join(output, 'main.js'), 'hello');
    const environmentsFile = path.join(directory, 'environments.yaml');
    await writeFile(
      environmentsFile,
      environmentsText([
        { name: 'dev', autoDeploy: true },
        { name: 'staging' },
      ]),
    );
    providers = new TestProviders();
    providers.outcome = { state: 'succeeded', artifactDirectory: output };
    const knex = await platformDatabase(databases);
    const backend = await startTestBackend({
      features: [
        platformPlugin,
        providers.module,
        mockServices.rootConfig.factory({
          data: {
            platform: {
              encryptionKey: 'k'.repeat(32),
              environmentsFrom: environmentsFile,
              artifacts: { directory: path.join(directory, 'artifacts') },
            },
          },
        }),
        mockServices.database.mock({ getClient: async () => knex }).factory,
        mockServices.userInfo.mock({
          getUserInfo: async credentials => {
            const { userEntityRef } = (
              credentials as { principal: { userEntityRef: string } }
            ).principal;
            return {
              userEntityRef,
              ownershipEntityRefs: [
                userEntityRef,
                userEntityRef.endsWith('mara')
                  ? 'group:default/payments'
                  : 'group:default/growth',
              ],
            };
          },
        }).factory,
        catalogServiceMock.factory({
          entities: [
            ...ORGANISATION,
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'ledger' },
            },
          ],
        }),
      ],
    });
    stop = () => backend.stop();
    api = request(backend.server);
    await until(() => providers.delivers);
  });

  afterEach(async () => {
    await stop();
    await rm(directory, { recursive: true });
  });

  async function get<T>(url: string): Promise<T> {
    const response = await api.get(`/api/platform${url}`).set(mara);
    expect(response.status).toBe(200);
    return response.body;
  }

  async function runsEnded(count: number): Promise<Run[]> {
    let items: Run[] = [];
    await until(async () => {
      ({ items } = await get<{ items: Run[] }>('/runs'));
      return items.filter(run => run.endedAt).length === count;
    });
    return items;
  }

  async function deployments(): Promise<Deployment[]> {
    const { items } = await get<{ items: Deployment[] }>(
      '/services/orders/deployments',
    );
    return items;
  }

  it('brings a push through a pipeline into the environment that deploys by itself', async () => {
    await Promise.all([providers.push('a1'), providers.push('a1')]);
    await providers.push('a1');
    const runs = await runsEnded(2);
    expect(runs.map(run => [run.kind, run.state])).toEqual([
      ['deploy', 'succeeded'],
      ['pipeline', 'succeeded'],
    ]);
    expect(await get('/services/orders')).toMatchObject({
      owner: 'group:default/payments',
      environments: [
        {
          environment: { name: 'dev' },
          serving: {
            release: { number: 1 },
            state: 'serving',
            url: 'http://orders-dev.localhost',
          },
          status: { health: 'healthy' },
          releasesBehind: 0,
        },
        { environment: { name: 'staging' } },
      ],
      latestPipeline: { state: 'succeeded', jobs: [{ name: 'test' }] },
      activeRuns: [],
    });
    const { items } = await get<{ items: Array<{ id: string }> }>(
      '/pipelines?service=orders',
    );
    expect(await get(`/pipelines/${items[0].id}/jobs/test/log`)).toEqual({
      lines: [{ sequence: 1, text: 'hello' }],
      truncated: 0,
    });
    await until(() => providers.calls.includes(`forget ${items[0].id}`));
    const stream = await api
      .get(`/api/platform/runs/${runs[1].id}/stream`)
      .set(mara);
    expect(stream.headers['content-type']).toBe('text/event-stream');
    expect(stream.text).toContain('"type":"pipeline"');
    expect(stream.text).toContain('Started 1 deployment(s).');
    expect(stream.text.trim().endsWith('data: {"type":"end"}')).toBe(true);
  });

  it('starts jobs anew that died with their machine, and deploys once', async () => {
    providers.interruptions = 1;
    await providers.push('a1');
    const [, pipeline] = await runsEnded(2);
    expect(pipeline.steps).toMatchObject([
      { id: 'check', attempt: 1 },
      { id: 'jobs', state: 'succeeded', attempt: 2 },
      { id: 'hand-over', attempt: 1 },
    ]);
    expect(await deployments()).toHaveLength(1);
  });

  it('does not deploy a red pipeline, another branch, or a broken score.yaml', async () => {
    await providers.push('a1', 'feature');
    await runsEnded(1);
    providers.outcome = {
      state: 'failed',
      failure: { message: 'Job "test" failed.', job: 'test' },
    };
    await providers.push('a2');
    await runsEnded(2);
    providers.files.set('score.yaml', SCORE.replace('orders', 'invoices'));
    await providers.push('a3');
    await runsEnded(3);
    providers.files.delete('.gitlab-ci.yml');
    await providers.push('a4');
    const runs = await runsEnded(4);
    expect(runs.map(run => [run.state, run.failure?.message])).toEqual([
      ['failed', expect.stringContaining('no .gitlab-ci.yml')],
      ['failed', expect.stringContaining('this service is "orders"')],
      ['failed', 'Job "test" failed.'],
      ['succeeded', undefined],
    ]);
    expect(await deployments()).toEqual([]);
    await until(async () => {
      const { latestPipeline } = await get<{
        latestPipeline: { state: string };
      }>('/services/orders');
      return latestPipeline.state === 'failed';
    });
  });

  it('keeps the old release serving when the new one never becomes ready, and can go back', async () => {
    await providers.push('a1');
    await runsEnded(2);
    providers.broken.add('v2');
    await providers.push('a2');
    await runsEnded(4);
    await until(async () => (await deployments())[0].state === 'failed');
    expect(await deployments()).toMatchObject([
      {
        state: 'failed',
        release: { number: 2 },
        failure: { message: 'It never became ready.' },
      },
      { state: 'serving', release: { number: 1 } },
    ]);
    expect(providers.calls).toContain('abandon');

    providers.broken.clear();
    const [failed] = await runsEnded(4);
    await api
      .post(`/api/platform/runs/${failed.id}/retry`)
      .set(mara)
      .expect(200);
    await runsEnded(4);
    await until(async () => (await deployments())[0].state === 'serving');
    const [, first] = await deployments();
    const back = { environment: 'dev', releaseId: first.release.id };
    await api
      .post('/api/platform/services/orders/deployments')
      .set(mara)
      .send(back)
      .expect(201);
    await runsEnded(5);
    expect(await deployments()).toMatchObject([
      { state: 'serving', release: { number: 1 } },
      { state: 'superseded', release: { number: 2 } },
      { state: 'superseded', release: { number: 1 } },
    ]);
  });

  it('lets only the owning team act, and says what is wrong with a request', async () => {
    await providers.push('a1');
    const [run] = await runsEnded(2);
    const [{ release }] = await deployments();
    const post = (
      url: string,
      who: { authorization: string },
      body: object = {},
    ) => api.post(`/api/platform${url}`).set(who).send(body);
    const refused = await post(`/runs/${run.id}/cancel`, tomas);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('group:default/payments');
    const body = { environment: 'dev', releaseId: release.id };
    await post('/services/orders/deployments', tomas, body).expect(403);
    await post(`/runs/${run.id}/cancel`, mara).expect(409);
    const elsewhere = await post('/services/orders/deployments', mara, {
      ...body,
      environment: 'moon',
    });
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.body.error.message).toContain('dev, staging');
    await post('/services/orders/deployments', mara, {
      ...body,
      releaseId: 'v1',
    }).expect(404);
    await post('/services/orders/deployments', mara, {}).expect(400);
    await api.get('/api/platform/runs?limit=0').set(mara).expect(400);
    await api.get('/api/platform/runs/nope').set(mara).expect(404);
    await api.get('/api/platform/services/nope').set(mara).expect(404);
    await api
      .get('/api/platform/runs')
      .set({ authorization: mockCredentials.none.header() })
      .expect(401);
  });

  it.each([
    ['orders', 'repository'],
    ['ledger', 'catalog'],
    ['api', 'reserved'],
    ['Orders', 'lower-case'],
  ])('says why %s is no name for a service', async (name, reason) => {
    expect(await get(`/service-names?name=${name}`)).toEqual({
      name,
      available: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('says that a name is free', async () => {
    expect(await get('/service-names?name=refunds')).toMatchObject({
      available: true,
    });
  });
});
