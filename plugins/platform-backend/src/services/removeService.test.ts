import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run, RunPlan } from '@slipway/plugin-platform-common';
import {
  type StartedDeployments,
  startDeployments,
} from '../deployments/__testUtils__/startDeployments';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const RESOURCES = `
resources:
  db: { type: database }
  shared: { type: database, id: ledger }
`;

describe('remove-service', () => {
  let platform: StartedDeployments;

  beforeEach(async () => {
    platform = await startDeployments(databases);
    await platform.deployed(RESOURCES);
  });

  afterEach(() => platform.stop());

  const remove = () => platform.start('remove-service', { service: 'orders' });

  const resources = async () =>
    (await platform.resources())
      .map(({ name, state, connections }) => [name, state, connections.length])
      .sort();

  it('takes it down, destroys what only it used, and deletes its repository', async () => {
    const plan = await platform.post<RunPlan>('/runs/plan', {
      kind: 'remove-service',
      input: { service: 'orders' },
    });
    expect(plan).toMatchObject({
      target: 'service:orders',
      owner: 'group:default/payments',
      decision: { effect: 'allow' },
      changes: [
        { action: 'remove', what: 'service orders in dev' },
        {
          action: 'remove',
          what: 'database orders.db in dev',
          detail: 'kept for 7 days, and can be restored until then',
        },
        {
          action: 'remove',
          what: 'repository orders',
          dataLoss: expect.any(String),
        },
      ],
    });
    const run = await platform.ends((await remove()).id);
    expect(run.state).toBe('succeeded');
    expect(await resources()).toEqual([
      ['ledger', 'ready', 0],
      ['orders.db', 'deleted', 0],
    ]);
    expect(platform.providers.repositories.has('orders')).toBe(false);
    expect(platform.providers.calls).toContain('remove orders dev');
    await platform
      .api()
      .get('/api/platform/services/orders')
      .set('authorization', 'Bearer mock-user-token')
      .expect(404);
  });

  it('leaves nothing that a service of the same name would inherit', async () => {
    await platform.knex('service_scales').insert({
      service: 'orders',
      environment: 'dev',
      replicas: 3,
    });
    const { id } = await remove();
    expect((await platform.ends(id)).state).toBe('succeeded');
    expect(await platform.knex('service_scales')).toEqual([]);
  });

  it('waits for a second person where something of it is in a protected environment', async () => {
    await platform.knex('deployments').update({ environment: 'prod' });
    const run = await remove();
    expect(run).toMatchObject({
      state: 'waiting',
      environment: 'prod',
      decision: { effect: 'needs-approval' },
    });
    expect(platform.providers.repositories.has('orders')).toBe(true);
  });

  it('goes on where a resource could not be destroyed, once that can be', async () => {
    platform.test.mishaps = ['refuses'];
    const { id } = await remove();
    expect(await platform.ends(id)).toMatchObject({
      state: 'failed',
      failure: {
        message:
          '"Destroy database orders.db in dev" failed: The disk is full.',
      },
    });
    expect(platform.providers.repositories.has('orders')).toBe(true);
    await platform.post<Run>(`/runs/${id}/retry`);
    expect((await platform.ends(id)).state).toBe('succeeded');
    expect(await resources()).toEqual([
      ['ledger', 'ready', 0],
      ['orders.db', 'deleted', 0],
    ]);
  });

  it('stops a deployment that still makes what it would use', async () => {
    platform.test.mishaps = ['hangs'];
    const deployment = await platform.push(`
resources:
  db: { type: database }
  cache: { type: database, class: brief }
`);
    await platform.reaches(deployment.id, ['waiting']);
    const run = await platform.ends((await remove()).id);
    expect(run.state).toBe('succeeded');
    expect((await platform.ends(deployment.id)).state).toBe('cancelled');
    const left = (await platform.resources('service=orders')).filter(
      ({ state }) => state !== 'deleted',
    );
    expect(left).toEqual([]);
    expect(platform.test.things.size).toBe(2);
  });
});
