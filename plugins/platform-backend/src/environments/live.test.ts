import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  Environment,
  Run,
  RunPlan,
} from '@slipway/plugin-platform-common';
import { writeFile } from 'node:fs/promises';
import request from 'supertest';
import { environmentsText } from '../__testUtils__/environments';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');

describe('the environments of a running portal', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;

  beforeAll(async () => {
    platform = await startPlatform(databases);
  });

  afterAll(() => platform.stop());

  async function get<T>(url: string): Promise<T[]> {
    const { body } = await request(platform.server)
      .get(`/api/platform${url}`)
      .set(mara);
    return body.items;
  }

  /** Every deployment there is, once so many commits have been brought to where they go by themselves. */
  async function deployedBy(sha: string, commits: number): Promise<Run[]> {
    await platform.providers.push(sha);
    await until(async () => {
      const pipelines = await get<Run>('/runs?kind=pipeline&state=succeeded');
      const deploys = await get<Run>('/runs?kind=deploy');
      return (
        pipelines.length === commits &&
        deploys.every(({ state }) => state === 'succeeded')
      );
    });
    return await get<Run>('/runs?kind=deploy');
  }

  function deploy(url: string, environment: string, releaseId: unknown) {
    return request(platform.server)
      .post(`/api/platform${url}`)
      .set(mara)
      .send({
        kind: 'deploy',
        input: { service: 'orders', environment, releaseId },
      });
  }

  it('count for pages, deployments and rules as soon as their file says so', async () => {
    const [first] = await deployedBy('a1', 1);
    expect(first.environment).toBe('dev');
    const { releaseId } = first.input;
    const before = await deploy('/runs/plan', 'prod', releaseId);
    const { decision }: RunPlan = before.body;
    expect(decision.effect).toBe('needs-approval');

    await writeFile(
      platform.environmentsFile,
      environmentsText([
        { name: 'dev' },
        { name: 'prod' },
        { name: 'staging', title: 'Staging', autoDeploy: true },
      ]),
    );
    let environments: Environment[] = [];
    await until(async () => {
      environments = await get<Environment>('/environments');
      return environments.length === 3;
    });
    expect(environments[2]).toMatchObject({
      name: 'staging',
      title: 'Staging',
      autoDeploy: true,
      protected: false,
    });
    const after: RunPlan = (await deploy('/runs/plan', 'prod', releaseId)).body;
    expect(after.decision.effect).toBe('allow');
    const refused = await deploy('/runs', 'qa', releaseId);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain(
      'There are: dev, prod, staging.',
    );
    const runs = await deployedBy('b2', 2);
    expect(runs.map(({ environment }) => environment).sort()).toEqual([
      'dev',
      'staging',
    ]);
  });
});
