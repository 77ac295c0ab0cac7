import { TestDatabases } from '@backstage/backend-test-utils';
import { platformDatabase } from '../../__testUtils__/engine';
import { ended } from '../../__testUtils__/runs';
import { startResources } from '../__testUtils__/startResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = { userRef: 'user:default/mara' };

describe('provision-resource', () => {
  let platform: Awaited<ReturnType<typeof startResources>>;

  beforeEach(async () => {
    platform = await startResources(await platformDatabase(databases));
  });

  afterEach(() => platform.stop());

  const request = (input: object) => ({
    kind: 'provision-resource',
    input: {
      type: 'database',
      name: 'ledger',
      environment: 'dev',
      owner: 'payments',
      ...input,
    },
  });

  async function provision(input: object = {}) {
    const { id } = await platform.runs.startByRequest(request(input), mara);
    return ended(platform.runs, id);
  }

  it('makes what was planned, and shows it without its secrets', async () => {
    const { runs, service, test } = platform;
    const plan = await runs.plan(request({}), mara);
    expect(plan).toMatchObject({
      title: 'Create database ledger in dev',
      target: 'resource:dev:ledger',
      owner: 'group:default/payments',
      changes: [
        {
          action: 'create',
          what: 'database ledger in dev',
          fields: [
            { field: 'size', to: 'small' },
            { field: 'connections', to: 10 },
          ],
        },
      ],
    });
    const run = await provision();
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: plan.changes,
      output: {
        name: 'ledger',
        entityRef: 'resource:default/ledger-dev',
      },
      remains: [{ what: 'database ledger in dev', certain: true }],
    });
    const {
      items: [resource],
    } = await service.list({}, { limit: 10 });
    expect(resource).toMatchObject({
      id: run.output?.resourceId,
      state: 'ready',
      class: 'default',
      parameters: { size: 'small', connections: 10 },
      outputs: [
        { name: 'host', secret: false, value: 'localhost' },
        { name: 'password', secret: true, value: undefined },
      ],
      runId: run.id,
      createdBy: 'user:default/mara',
    });
    const { password } = test.of(resource);
    expect(password).toMatch(/^[a-zA-Z0-9]{32}$/);
    const log = await runs.log(run.id, 0, 100);
    expect(log.map(({ text }) => text)).toContain(
      'The password is [redacted].',
    );
  });
});
