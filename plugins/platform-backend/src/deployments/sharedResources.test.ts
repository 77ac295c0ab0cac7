import { TestDatabases } from '@backstage/backend-test-utils';
import type { Approval, Page } from '@slipway/plugin-platform-common';
import {
  type StartedDeployments,
  startDeployments,
} from './__testUtils__/startDeployments';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const GROWTH = 'group:default/growth';
const SHARED = `
resources:
  db: { type: database, id: ledger }
`;

describe('resources that services share', () => {
  let platform: StartedDeployments;

  beforeEach(async () => {
    platform = await startDeployments(databases);
  });

  afterEach(() => platform.stop());

  it('are made once, whoever asks first', async () => {
    const { test, started } = platform;
    await platform.deployed('');
    const [first, second] = await Promise.all([
      platform.push(SHARED, 'orders'),
      platform.push(SHARED, 'billing'),
    ]);
    expect(
      (
        await Promise.all([platform.ends(first.id), platform.ends(second.id)])
      ).map(({ state }) => state),
    ).toEqual(['succeeded', 'succeeded']);
    expect(test.calls).toEqual(['apply ledger']);
    expect(await platform.resources()).toMatchObject([
      {
        name: 'ledger',
        owner: 'group:default/payments',
        connections: [
          { service: 'billing', alias: 'db' },
          { service: 'orders', alias: 'db' },
        ],
      },
    ]);
    expect(started.slice(-2).map(({ variables }) => variables.db)).toEqual(
      Array(2).fill([...test.things.values()][0].password),
    );
  });

  it('are used as they are, and by no deployment made into something else', async () => {
    await platform.deployed(SHARED);
    const run = await platform.deployed(
      `
resources:
  db: { type: database, id: ledger, params: { connections: 3, size: small } }
`,
      'billing',
    );
    expect(run.failure?.message).toBe(
      'score.yaml, resources.db: database ledger in dev is shared, and is not what is asked for (connections: 3 is asked for, and it has 10). Leave class and params out to use it as it is, or change it from its page first.',
    );
    const same = await platform.deployed(
      `
resources:
  data: { type: database, id: ledger, params: { size: small } }
`,
      'billing',
    );
    expect(same.state).toBe('succeeded');
    expect(same.changes[1]).toEqual({
      action: 'keep',
      what: 'database ledger in dev',
      detail: 'is shared, and used by billing from now on',
    });
  });

  it('are used by another team once the team has agreed that owns them', async () => {
    await platform.deployed(SHARED);
    const { id } = await platform.push(SHARED, 'stock', GROWTH, 'tomas');
    const waiting = await platform.reaches(id, ['waiting']);
    expect(waiting.changes[1]).toMatchObject({
      detail: 'belongs to payments, who have to agree that stock uses it',
    });
    const { items } = await platform.get<Page<Approval>>(
      '/approvals?mine=true',
      'idris',
    );
    expect(items).toMatchObject([
      {
        reason:
          'stock of growth wants to use database ledger in dev, which belongs to payments',
        approversText: 'somebody of Payments',
      },
    ]);
    await platform.post(`/approvals/${items[0].id}/approve`, {}, 'idris');
    expect(await platform.ends(id)).toMatchObject({ state: 'succeeded' });

    const again = await platform.push(SHARED, 'stock', GROWTH, 'tomas');
    expect(await platform.ends(again.id)).toMatchObject({
      state: 'succeeded',
      waits: [],
    });
  });

  it('stay where one of the services has no use for them any more', async () => {
    await platform.deployed(SHARED);
    await platform.deployed(SHARED, 'billing');
    const run = await platform.deployed('', 'billing');
    expect(run.changes[1]).toEqual({
      action: 'keep',
      what: 'database ledger in dev',
      detail: 'not used by billing any more; it is shared, so it stays',
    });
    expect(await platform.resources()).toMatchObject([
      { state: 'ready', connections: [{ service: 'orders' }] },
    ]);
    expect(await platform.runs('kind=destroy-resource')).toEqual([]);
  });
});
