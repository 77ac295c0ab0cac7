import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  Approval,
  Configuration,
  Page,
  Run,
} from '@slipway/plugin-platform-common';
import {
  signalsOf,
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';
import { until } from '../__testUtils__/until';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const DEV = '/services/orders/configuration/dev';
const PROD = '/services/orders/configuration/prod';

const NEEDS_KEYS = `apiVersion: score.dev/v1b1
metadata:
  name: orders
service:
  ports:
    web: { port: 80 }
containers:
  main:
    image: .
    command: [node, src/main.js]
    variables:
      GREETING: "\${resources.env.GREETING}, world"
      LOG_LEVEL: info
resources:
  env:
    type: environment
`;

describe('the configuration of a service', () => {
  let platform: StartedDelivery;

  afterEach(() => platform.stop());

  const start = async (rollout?: object) => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true, rollout },
      { name: 'prod', protected: true },
    ]);
  };

  const configuration = (url = DEV) => platform.get<Configuration>(url);

  async function configure(body: object, url = DEV): Promise<Run> {
    const run = await platform.post<Run>(url, body);
    return platform.reaches(run);
  }

  it('is given to what serves, in versions, and secrets are never shown again', async () => {
    await start();
    await platform.pushed();
    expect(await configuration()).toMatchObject({
      version: 0,
      variables: {},
      secrets: [],
      history: [],
    });
    const run = await configure({
      version: 0,
      variables: { LOG_LEVEL: 'debug' },
      secrets: { API_TOKEN: 'correct-horse' },
      reason: 'Look closer',
    });
    expect([run.state, run.failure]).toEqual(['succeeded', undefined]);
    expect(run.changes).toEqual([
      {
        action: 'change',
        what: 'configuration of orders in dev',
        detail: 'given to what serves there, which is deployed once more',
        fields: [
          { field: 'LOG_LEVEL', to: 'debug' },
          { field: 'API_TOKEN', to: 'secret' },
        ],
      },
    ]);
    expect(platform.started.at(-1)?.variables).toEqual({
      LOG_LEVEL: 'debug',
      API_TOKEN: 'correct-horse',
    });
    const [deployed] = await platform.deployments();
    expect(deployed).toMatchObject({
      state: 'serving',
      cause: 'configuration',
      reason: 'Look closer',
      configuration: 1,
    });

    await configure({
      version: 1,
      variables: { LOG_LEVEL: null, REGION: 'north' },
      secrets: { API_TOKEN: 'battery-staple' },
    });
    const now = await configuration();
    expect(now).toMatchObject({
      version: 2,
      variables: { REGION: 'north' },
      secrets: ['API_TOKEN'],
      history: [
        {
          version: 2,
          changedBy: 'user:default/mara',
          changes: [
            { key: 'LOG_LEVEL', action: 'remove', from: 'debug' },
            { key: 'REGION', action: 'add', to: 'north' },
            { key: 'API_TOKEN', action: 'change', isSecret: true },
          ],
        },
        { version: 1, reason: 'Look closer' },
      ],
    });
    // Neither the page, nor the run, its log or its row know them.
    const log = await platform.knex('run_log_lines').select('*');
    const rows = await platform.knex('runs').select('*');
    const changes = await platform.knex('configuration_changes').select('*');
    for (const secret of ['correct-horse', 'battery-staple']) {
      expect(JSON.stringify([now, log, rows, changes])).not.toContain(secret);
    }
    // A new release has it, and another environment hasn't.
    await platform.pushed();
    expect(platform.started.at(-1)?.variables).toEqual({
      REGION: 'north',
      API_TOKEN: 'battery-staple',
    });
    expect((await configuration(PROD)).version).toBe(0);
  });

  it('has to have what score.yaml asks for', async () => {
    await start();
    platform.providers.files.set('score.yaml', NEEDS_KEYS);
    const first = await platform.pushed();
    expect(first).toMatchObject({
      state: 'failed',
      failure: {
        message:
          'score.yaml asks for GREETING, which the configuration of orders in dev does not have.',
        hint: expect.stringContaining('Configuration tab'),
      },
    });
    const run = await configure({ version: 0, variables: { GREETING: 'Hi' } });
    // Nothing serves yet: the next deployment gets it.
    expect(run.state).toBe('succeeded');
    await platform.post(`/runs/${first.runId}/retry`, {});
    await platform.reaches({ id: first.runId });
    expect(platform.started.at(-1)?.variables).toEqual({
      GREETING: 'Hi',
      LOG_LEVEL: 'info',
    });
    const lost = await configure({ version: 1, variables: { GREETING: null } });
    expect(lost.state).toBe('failed');
    expect(lost.failure?.message).toContain('score.yaml asks for GREETING');
    expect((await configuration()).missing).toEqual(['GREETING']);
    const [, serving] = await platform.deployments();
    expect(serving.state).toBe('serving');
  });

  it('waits for a second person in a protected environment, and is refused when it was changed meanwhile', async () => {
    await start();
    await platform.pushed();
    const [first, second] = await Promise.all(
      ['one', 'two'].map(value =>
        platform.post<Run>(PROD, { version: 0, variables: { A: value } }),
      ),
    );
    expect(first.state).toBe('waiting');
    const { items } = await platform.get<Page<Approval>>('/approvals');
    for (const run of [first, second]) {
      const approval = items.find(each => each.run.id === run.id)!;
      await platform.post(`/approvals/${approval.id}/approve`, {}, 'idris');
      await platform.reaches(run);
    }
    expect((await platform.reaches(first)).state).toBe('succeeded');
    expect(await platform.reaches(second)).toMatchObject({
      state: 'failed',
      failure: {
        message:
          'The configuration of orders in prod was changed by somebody else meanwhile.',
      },
    });
    expect((await configuration(PROD)).variables).toEqual({ A: 'one' });
    const late = await platform.send('post', PROD, {
      version: 0,
      variables: { A: 'three' },
    });
    expect([late.status, late.message]).toEqual([
      409,
      'The configuration of orders in prod is at version 1, and this change was made from 0. Look at it once more, and change it again.',
    ]);
  });

  it('is taken back by itself where the service does worse with it, and holds no release', async () => {
    await start({ bake: '60s' });
    const first = await platform.pushed();
    const run = await platform.post<Run>(DEV, {
      version: 0,
      variables: { BROKEN: 'yes' },
    });
    await until(
      async () => (await platform.deployments())[0].rollout?.stage === 'bake',
      30_000,
    );
    const [baking] = await platform.deployments();
    platform.providers.signals.set(baking.id, signalsOf(100, 90));
    const ended = await platform.reaches(run);
    expect(ended.failure?.message).toContain('90 % of 100 requests failed');
    expect(await platform.deployment(first)).toMatchObject({
      state: 'serving',
    });
    const { items } = await platform.get<{ items: object[] }>(
      '/services/orders/holds',
    );
    expect(items).toEqual([]);
  });

  it.each([
    [
      { variables: { '1A': 'x' } },
      'variables.1A: Use letters, digits and underscores, at most 128, not beginning with a digit.',
    ],
    [
      { variables: { PORT: '80' } },
      'variables.PORT: The platform sets PORT itself. Use another name.',
    ],
    [{ secrets: { KEY: 'short' } }, 'secrets.KEY: Use at least 6 characters.'],
    [
      { variables: { A: 'x'.repeat(40_000) } },
      'variables.A: Use at most 32 kB.',
    ],
    [
      { variables: { A: 'plain' }, secrets: { A: 'secret' } },
      'A would be a variable and a secret at once. Remove the one in the request that sets the other: give it null.',
    ],
    [{}, 'This changes nothing: everything is as it says already.'],
    [
      { variables: { A: 'a\0b' } },
      'variables.A: Use text without a NUL character.',
    ],
  ])('refuses %j', async (body, message) => {
    await start();
    await platform.pushed();
    const refused = await platform.send('post', DEV, { version: 0, ...body });
    expect([refused.status, refused.message]).toEqual([400, message]);
  });

  it('is the owning team’s to change', async () => {
    await start();
    await platform.pushed();
    const body = { version: 0, variables: { A: 'x' } };
    const { status } = await platform.send('post', DEV, body, 'tomas');
    expect(status).toBe(403);
  });
});
