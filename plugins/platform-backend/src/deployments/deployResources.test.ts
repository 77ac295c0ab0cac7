import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@slipway/plugin-platform-common';
import {
  type StartedDeployments,
  startDeployments,
  WITH_DATABASE,
} from './__testUtils__/startDeployments';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SMALL = WITH_DATABASE;
const LARGE = `
resources:
  db: { type: database, params: { size: large } }
`;
const FIVE = `
resources:
  db: { type: database, params: { connections: 5 } }
`;

describe('resources of a deployment', () => {
  let platform: StartedDeployments;

  beforeEach(async () => {
    platform = await startDeployments(databases);
  });

  afterEach(() => platform.stop());

  const retry = ({ id }: Run) => platform.post(`/runs/${id}/retry`);

  it('are made before it starts, once, and wired in', async () => {
    const { test, started } = platform;
    const first = await platform.deployed(SMALL);
    expect(first).toMatchObject({
      state: 'succeeded',
      changes: [
        { action: 'create', what: 'orders in dev' },
        {
          action: 'create',
          what: 'database orders.db in dev',
          fields: [
            { field: 'size', to: 'small' },
            { field: 'connections', to: 10 },
          ],
        },
      ],
    });
    const [resource] = await platform.resources();
    expect(resource).toMatchObject({
      name: 'orders.db',
      environment: 'dev',
      owner: 'group:default/payments',
      service: 'orders',
      state: 'ready',
      connections: [{ service: 'orders', alias: 'db' }],
    });
    const [made] = await platform.runs('kind=provision-resource');
    expect(made).toMatchObject({
      requestedBy: 'user:default/mara',
      service: 'orders',
      owner: 'group:default/payments',
      target: 'resource:dev:orders.db',
    });
    const { password } = test.of(resource);
    expect(started).toMatchObject([
      { variables: { PLAIN: 'yes', db: password } },
    ]);

    const second = await platform.deployed(SMALL);
    expect(second.changes).toEqual([
      expect.objectContaining({ action: 'change', what: 'orders in dev' }),
    ]);
    expect(test.calls).toEqual(['apply orders.db']);
    expect(started[1].variables.db).toBe(password);
    const log = await platform.knex('run_log_lines').select('text');
    expect(JSON.stringify(log)).toContain('The password is');
    expect(JSON.stringify(log)).not.toContain(password);
  });

  it.each([
    ['db: { type: databse }', 'resources.db: type: there is no resource type'],
    [
      'db: { type: database, class: huge }',
      'resources.db: class: database has no class "huge" in dev',
    ],
    [
      'db: { type: database, params: { connections: 50 } }',
      'resources.db: connections: 50 was asked for, but "database" allows',
    ],
    ['db: { type: database, params: { size: tiny } }', 'resources.db: size: '],
    ['db: { type: database, id: a.b }', 'resources.db: "a.b" can\'t be a name'],
  ])('are checked before anything is done: %s', async (resource, message) => {
    const { test, started } = platform;
    const run = await platform.deployed(`\nresources:\n  ${resource}\n`);
    expect(run.state).toBe('failed');
    expect(run.failure?.message).toContain(`score.yaml, ${message}`);
    expect(run.steps.find(({ state }) => state === 'failed')?.id).toBe(
      'prepare',
    );
    expect(run.changes[1].detail).toContain("can't be had as score.yaml says");
    expect(test.calls).toEqual([]);
    expect(started).toEqual([]);
  });

  it('know which outputs there will be before anything is made', async () => {
    const run = await platform.deployed(`
resources:
  db: { type: database }
  other: { type: database, params: { size: "\${resources.db.sise}" } }
`);
    expect(run.failure?.message).toContain('${resources.db.sise}');
    expect(platform.test.calls).toEqual([]);
  });

  it('get what others offer openly, and no secrets of theirs', async () => {
    const { test } = platform;
    const run = await platform.deployed(`
resources:
  db: { type: database }
  other: { type: database, params: { size: "\${resources.db.password}" } }
`);
    expect(run.failure?.message).toContain('${resources.db.password}');
    expect(run.failure?.hint).toContain('host');
    expect(test.calls).toEqual([]);
  });

  it('that can not be made fail it with what happened, and it goes on when it is retried', async () => {
    const { test, started } = platform;
    test.mishaps = ['refuses', 'refuses'];
    const run = await platform.deployed(SMALL);
    const [making] = await platform.runs('kind=provision-resource');
    expect(run).toMatchObject({
      state: 'failed',
      failure: {
        message: '"Create database orders.db in dev" failed: The disk is full.',
        hint: expect.stringContaining(`/runs/${making.id}`),
      },
    });
    expect(started).toEqual([]);

    await retry(run);
    expect((await platform.ends(run.id)).failure?.message).toContain(
      'The disk is full.',
    );
    await retry(run);
    expect(await platform.ends(run.id)).toMatchObject({ state: 'succeeded' });
    expect(started).toHaveLength(1);
    expect(await platform.runs('kind=provision-resource')).toHaveLength(1);
    expect(test.calls).toEqual(Array(3).fill('apply orders.db'));
  });

  it('are made good by the next deployment where the one before could not', async () => {
    const { test } = platform;
    test.mishaps = ['refuses'];
    await platform.deployed(SMALL);
    const run = await platform.deployed(FIVE);
    expect(run.state).toBe('succeeded');
    const [resource] = await platform.resources();
    expect(test.of(resource).connections).toBe(5);
  });

  it('change as score.yaml does, field by field', async () => {
    const { test } = platform;
    await platform.deployed(SMALL);
    const run = await platform.deployed(FIVE);
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [
        { what: 'orders in dev' },
        {
          action: 'change',
          what: 'database orders.db in dev',
          fields: [{ field: 'connections', from: 10, to: 5 }],
        },
      ],
    });
    const [resource] = await platform.resources();
    expect(test.of(resource).connections).toBe(5);
    expect(resource).toMatchObject({
      state: 'ready',
      connections: [{ service: 'orders' }],
    });

    const back = await platform.deployed(SMALL);
    expect(back.changes[1].fields).toEqual([
      { field: 'connections', from: 5, to: 10 },
    ]);
    expect(test.of(resource).connections).toBe(10);
  });

  it('lose no data because of a push, only where that was shown', async () => {
    const { test } = platform;
    await platform.deployed(SMALL);
    const run = await platform.deployed(LARGE);
    expect(run).toMatchObject({
      state: 'failed',
      changes: [{}, { action: 'replace', dataLoss: 'All rows are lost.' }],
      failure: {
        message:
          'To replace database orders.db in dev as score.yaml says would lose data: All rows are lost.',
      },
    });
    const [resource] = await platform.resources();
    expect(test.of(resource).size).toBe('small');

    const { digest } = await platform.planOf(run);
    const shown = await platform.post<Run>('/runs', {
      kind: 'deploy',
      input: {
        service: 'orders',
        environment: 'dev',
        releaseId: run.input.releaseId,
      },
      planDigest: digest,
    });
    expect(await platform.ends(shown.id)).toMatchObject({ state: 'succeeded' });
    expect(test.of(resource).size).toBe('large');
  });

  it('are not told to be used by what never served', async () => {
    platform.providers.broken.add('v1');
    const run = await platform.deployed(SMALL);
    expect(run.failure?.message).toBe('It never became ready.');
    const [resource] = await platform.resources();
    expect(resource).toMatchObject({ state: 'ready', connections: [] });
    expect(await platform.knex('resource_connections')).toEqual([]);

    const next = await platform.deployed('');
    expect(next.changes).toMatchObject([
      { what: 'orders in dev' },
      {
        action: 'remove',
        what: 'database orders.db in dev',
        detail: expect.stringContaining('planned for removal'),
      },
    ]);
    const [removal] = await platform.runs('kind=destroy-resource');
    expect(removal.state).toBe('planned');
  });

  it('wait for the one that makes them already', async () => {
    const { test } = platform;
    test.mishaps = ['fails', 'fails'];
    const made = await platform.start('provision-resource', {
      type: 'database',
      name: 'ledger',
      environment: 'dev',
      owner: 'group:default/payments',
    });
    const run = await platform.deployed(`
resources:
  db: { type: database, id: ledger }
`);
    expect(run.state).toBe('succeeded');
    expect((await platform.runs('kind=provision-resource'))[0].id).toBe(
      made.id,
    );
    expect(await platform.resources()).toMatchObject([
      { name: 'ledger', connections: [{ service: 'orders', alias: 'db' }] },
    ]);
  });
});
