import {
  type BackendFeature,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { TestDatabases } from '@backstage/backend-test-utils';
import {
  type NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  type Page,
  type Resource,
  type Run,
  type RunPlan,
} from '@slipway/plugin-platform-common';
import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import request from 'supertest';
import { environmentsText } from '../../__testUtils__/environments';
import { as, startPlatformWith } from '../../__testUtils__/platformBackend';
import { until } from '../../__testUtils__/until';
import { TestResourceProvider } from '../../resources/__testUtils__/TestResourceProvider';

const ENVIRONMENTS = environmentsText(
  [
    { name: 'dev', title: 'Development', autoDeploy: true },
    { name: 'prod', title: 'Production', protected: true },
  ],
  `apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: database }
spec:
  match: { type: database, environment: dev }
  provider: test-databases
  maximum: { connections: 20 }
`,
  `apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: database-brief }
spec:
  match: { type: database, class: brief }
  provider: test-databases
  parameters: { size: small }
`,
);

/** A pipeline, a deployment and runs of its resources, on a busy machine, in milliseconds. */
const PATIENCE_MS = 45_000;

/** What {@link startDeployments} deploys where nothing else is said: a service with a database. */
export const WITH_DATABASE = `
resources:
  db: { type: database }
`;

/**
 * A whole platform with databases in memory, driven as people drive it.
 *
 * @param options - `definitions`: YAML of more resource definitions. `features`: more of the backend. `platform`: more of its configuration
 */
export async function startDeployments(
  databases: TestDatabases,
  options: {
    definitions?: string[];
    features?: BackendFeature[];
    platform?: JsonObject;
    /** Lines below `variables`, as they stand in `score.yaml`. */
    variables?: string;
  } = {},
) {
  const test = new TestResourceProvider();
  const news: NotificationSendOptions[] = [];
  const platform = await startPlatformWith(
    databases,
    {
      environments: [ENVIRONMENTS, ...(options.definitions ?? [])].join(
        '\n---\n',
      ),
      platform: options.platform,
    },
    [
      ...(options.features ?? []),
      test.module,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async sent => {
            news.push(sent);
          },
        }),
      }),
    ],
  );
  const { providers } = platform;
  /** What was started, the newest last. */
  const started: ReleaseSpec[] = [];
  const start = providers.runtime.start;
  providers.runtime.start = async (spec, context) => {
    started.push(spec);
    await start(spec, context);
  };
  /** The `score.yaml` of each service, as it is pushed. */
  const scores = new Map<string, string>();
  const { readFile } = providers.forge;
  providers.forge.readFile = async (repository, sha, path) =>
    path === 'score.yaml'
      ? scores.get(repository)
      : readFile(repository, sha, path);
  let pushes = 0;
  const api = () => request(platform.server);

  async function get<T>(url: string, who = 'mara'): Promise<T> {
    const response = await api().get(`/api/platform${url}`).set(as(who));
    expect([response.status, response.body.error]).toEqual([200, undefined]);
    return response.body;
  }

  async function post<T>(url: string, body: object = {}, who = 'mara') {
    const response = await api()
      .post(`/api/platform${url}`)
      .set(as(who))
      .send(body);
    expect(response.body.error).toBeUndefined();
    return response.body as T;
  }

  const runs = async (query = ''): Promise<Run[]> =>
    (await get<Page<Run>>(`/runs?limit=100&${query}`)).items;

  async function reaches(id: string, states: Run['state'][]): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      run = await get<Run>(`/runs/${id}`);
      return states.includes(run.state);
    }, PATIENCE_MS);
    return run!;
  }

  async function ends(id: string): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      run = await get<Run>(`/runs/${id}`);
      return isFinalRunState(run.state);
    }, PATIENCE_MS);
    // What a run's end entails is done a moment later.
    await until(async () => {
      const row = await platform.knex('runs').where({ id }).first();
      return row.end_handled;
    }, PATIENCE_MS);
    return run!;
  }

  /** Pushes a release with these resources; answers its deployment to dev as it is when that has begun. */
  async function push(
    resources: string,
    service = 'orders',
    owner = 'group:default/payments',
    pushedBy = 'mara',
  ): Promise<Run> {
    const before = await runs(`kind=deploy&service=${service}`);
    const aliases = [...resources.matchAll(/^ {2}([\w-]+):/gm)];
    scores.set(
      service,
      `apiVersion: score.dev/v1b1
metadata: { name: ${service} }
service: { ports: { web: { port: 80 } } }
containers:
  main:
    image: .
    command: [node, src/main.js]
    variables:
      PLAIN: "yes"
${options.variables ?? ''}
${aliases.map(([, alias]) => `      ${alias}: \${resources.${alias}.password}`).join('\n')}
${resources}`,
    );
    const repository = { ...providers.repository, name: service, owner };
    providers.repositories.set(service, repository);
    pushes += 1;
    await providers.push(
      `${pushes}`.padStart(7, 'a'),
      'main',
      repository,
      `user:default/${pushedBy}`,
    );
    let deployment: Run | undefined;
    await until(async () => {
      const now = await runs(`kind=deploy&service=${service}`);
      deployment = now.find(({ id }) => before.every(old => old.id !== id));
      return deployment !== undefined;
    }, PATIENCE_MS);
    return deployment!;
  }

  async function releaseIdOf(run: Run): Promise<string> {
    return String(run.input.releaseId);
  }

  return {
    ...platform,
    api,
    ends,
    get,
    news,
    post,
    push,
    reaches,
    runs,
    started,
    test,
    /** The same, once the deployment has ended. */
    deployed: async (...args: Parameters<typeof push>) =>
      ends((await push(...args)).id),
    /** Deploys the release of an earlier deployment to dev. */
    redeploy: async (run: Run) =>
      post<Run>(`/services/${run.service}/deployments`, {
        environment: 'dev',
        releaseId: await releaseIdOf(run),
      }),
    /** What that would change. */
    planOf: async (run: Run, environment = 'dev') =>
      post<RunPlan>('/runs/plan', {
        kind: 'deploy',
        input: {
          service: run.service,
          environment,
          releaseId: await releaseIdOf(run),
        },
      }),
    resources: async (query = ''): Promise<Resource[]> =>
      (await get<Page<Resource>>(`/resources?limit=100&${query}`)).items,
    /** Starts a run of a kind. */
    start: (kind: string, input: object) => post<Run>('/runs', { kind, input }),
  };
}

export type StartedDeployments = Awaited<ReturnType<typeof startDeployments>>;
