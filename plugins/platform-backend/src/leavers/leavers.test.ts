import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import request from 'supertest';
import { platformDatabase } from '../__testUtils__/engine';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { TestProviders } from '../__testUtils__/providers';
import { createApprovers } from '../decisions';
import { ORGANISATION, user } from '../decisions/__fixtures__/organisation';
import { LeaverApprovals } from './LeaverApprovals';
import { Leavers } from './Leavers';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const RUN = '00000000-0000-4000-8000-000000000001';
const APPROVAL = '00000000-0000-4000-8000-000000000002';
const PAYMENTS = 'group:default/payments';
const PLATFORM = 'group:default/platform';
const IDRIS = 'user:default/idris';
const WEI = 'user:default/wei';

describe('what somebody had who left', () => {
  let knex: Knex;
  let providers: TestProviders;

  beforeEach(async () => {
    knex = await platformDatabase(databases);
    providers = new TestProviders();
    await knex('runs').insert({
      id: RUN,
      kind: 'deploy',
      kind_version: 1,
      title: 'Deploy orders',
      target: 'service:orders:prod',
      state: 'waiting',
      requested_by: 'user:default/mara',
      owner: PAYMENTS,
      input: {},
    });
  });

  async function ask(approvers: string[], quorum = 1) {
    await knex('run_waits').insert({
      id: APPROVAL,
      run_id: RUN,
      name: 'approval',
      kind: 'approval',
      state: 'open',
      waits_for: 'people',
      reason: 'prod is protected',
      asked_by: 'user:default/mara',
      approvers,
      approvers_text: 'those',
      quorum,
      announced: true,
    });
  }

  /** Idris has left payments, where only mara remains, who asked. */
  function idrisLeft(joined: Entity[] = []) {
    const auth = mockServices.auth({ pluginId: 'platform' });
    const leavers = new Leavers({
      auditor: mockServices.auditor.mock(),
      logger: mockServices.logger.mock(),
      forge: providers.forge,
      store: new LeaverApprovals(knex),
      ...createApprovers({
        auth,
        catalog: catalogServiceMock({
          entities: [
            ...ORGANISATION.filter(({ metadata }) => metadata.name !== 'idris'),
            ...joined,
          ],
        }),
        config: mockServices.rootConfig(),
        discovery: mockServices.discovery(),
      }),
    });
    return leavers.left({ person: IDRIS, teams: [PAYMENTS] });
  }

  const approval = () =>
    knex('run_waits').first('approvers', 'approvers_text', 'announced');

  it('is revoked, and is not revoked twice', async () => {
    providers.accessTokens.set(IDRIS, 2);
    providers.accessTokens.set(WEI, 1);
    expect(await idrisLeft()).toEqual({
      touched: ['2 access tokens were revoked.'],
    });
    expect(await idrisLeft()).toEqual({ touched: [] });
    expect([...providers.accessTokens]).toEqual([[WEI, 1]]);
  });

  it('waits for others, who are told, where the team has nobody left who may', async () => {
    await ask([PAYMENTS]);
    expect(await idrisLeft()).toEqual({
      touched: ['1 approval that waited is for others now.'],
    });
    expect(await approval()).toEqual({
      approvers: [PAYMENTS, PLATFORM],
      approvers_text: 'a second person of Payments or somebody of Platform',
      announced: false,
    });
    expect(await idrisLeft()).toEqual({ touched: [] });
  });

  it('waits for the rest of those who were asked, where they are enough', async () => {
    await ask([IDRIS, WEI]);
    await idrisLeft();
    expect(await approval()).toMatchObject({ approvers: [WEI] });
  });

  it('waits for the owning team, where one person alone was asked', async () => {
    await ask([IDRIS]);
    await idrisLeft([user('runa', ['payments'])]);
    expect(await approval()).toMatchObject({ approvers: [PAYMENTS] });
  });

  it('stays as it is where nobody at all could decide it', async () => {
    await ask([PAYMENTS], 9);
    expect(await idrisLeft()).toEqual({ touched: [] });
    expect(await approval()).toMatchObject({
      approvers: [PAYMENTS],
      announced: true,
    });
  });

  it('is asked for by the ownership backend alone', async () => {
    const platform = await startPlatform(databases);
    const response = await request(platform.server)
      .post('/api/platform/leavers')
      .set(as('wei'))
      .send({ person: IDRIS, teams: [] });
    expect(response.status).toBe(403);
    await platform.stop();
  });
});
