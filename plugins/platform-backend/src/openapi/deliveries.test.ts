import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Configuration,
  Deployment,
  Page,
  ReleaseDetail,
  ReleaseHold,
  Run,
} from '@slipway/plugin-platform-common';
import {
  DocumentedApi,
  NOBODY,
  operations,
  undocumentedAnswers,
  unseenAnswers,
} from '../__testUtils__/DocumentedApi';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import {
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');
/** Nobody asks about him before the catalog is away. */
const idris = as('idris');
const tomas = as('tomas');
const nobody = { authorization: mockCredentials.none.header() };
const here = operations.filter(({ path }) =>
  /^\/(?:services|deployments)/.test(path),
);

describe('the API of deliveries and its document', () => {
  const seen = new Set<string>();
  let platform: StartedDelivery;
  let api: DocumentedApi;
  let first: Deployment;
  let second: Deployment;

  beforeAll(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true },
      { name: 'prod' },
    ]);
    api = await DocumentedApi.of(platform.server, seen);
    first = await platform.pushed();
    second = await platform.pushed();
  });

  afterAll(() => platform.stop());

  const call = <T = object>(...args: Parameters<DocumentedApi['call']>) =>
    api.call<T>(...args);

  it('lists deployments of all services, page by page', async () => {
    const page = await call<Page<Deployment>>(
      'get',
      '/deployments?limit=1&state=serving&state=superseded&owner=group:default/payments',
      mara,
    );
    expect(page.body.items.map(({ id }) => id)).toEqual([second.id]);
    const next = await call<Page<Deployment>>(
      'get',
      `/deployments?limit=1&cursor=${page.body.nextCursor}`,
      mara,
    );
    expect(next.body.items.map(({ id }) => id)).toEqual([first.id]);
    expect(next.body.nextCursor).toBeUndefined();
    for (const none of [
      'owner=group:default/growth',
      'owner=group:default/growth&service=orders',
      'environment=prod',
      'state=failed',
    ]) {
      const { body } = await call<Page<Deployment>>(
        'get',
        `/deployments?${none}`,
        mara,
      );
      expect([none, body.items]).toEqual([none, []]);
    }
    const unknown = await call('get', '/deployments?service=nothing', mara);
    expect(unknown.status).toBe(404);
    const forged = await call('get', '/deployments?cursor=abc', mara);
    expect(forged.status).toBe(400);
  });

  it('shows releases, and where each was brought', async () => {
    const list = await call<{ items: object[] }>(
      'get',
      '/services/orders/releases',
      mara,
    );
    expect(list.body.items).toMatchObject([{ number: 2 }, { number: 1 }]);
    const { body } = await call<ReleaseDetail>(
      'get',
      '/services/orders/releases/1',
      mara,
    );
    expect(body).toMatchObject({
      release: { number: 1, artifactDigest: first.release.artifactDigest },
      after: 2,
      deployments: [{ id: first.id, state: 'superseded' }],
    });
    expect(body).not.toHaveProperty('release.score');
  });

  it('rolls back to what served before, and to any release that did', async () => {
    const deployed = await call<{ items: Deployment[] }>(
      'get',
      '/services/orders/deployments?environment=dev',
      mara,
    );
    expect(deployed.body.items).toHaveLength(2);
    const url = '/services/orders/rollbacks';
    const run = await call<Run>('post', url, mara, {
      body: { environment: 'dev' },
      key: 'back',
    });
    expect(run.status).toBe(201);
    expect(run.body.input).toMatchObject({
      cause: 'rollback',
      releaseId: first.release.id,
    });
    await platform.reaches(run.body);
    // Then, what served before is the newer one.
    const forth = await call<Run>('post', url, mara, {
      body: { environment: 'dev' },
    });
    expect(forth.body.input.releaseId).toBe(second.release.id);
    await platform.reaches(forth.body);
    const none = await call('post', url, mara, {
      body: { environment: 'prod' },
    });
    expect([none.status, none.message]).toEqual([
      409,
      'No other release of orders has served in prod yet, so there is nothing to go back to.',
    ]);
    const foreign = await call('post', url, tomas, {
      body: { environment: 'dev' },
    });
    expect(foreign.status).toBe(403);
  });

  it('deploys what may go there', async () => {
    const url = '/services/orders/deployments';
    const unknown = await call('post', url, mara, {
      body: { environment: 'dev', releaseId: NOBODY },
    });
    expect(unknown.status).toBe(404);
    const body = { environment: 'prod', releaseId: second.release.id };
    const run = await call<Run>('post', url, mara, { body, key: 'go' });
    expect(run.status).toBe(201);
    expect((await platform.reaches(run.body)).state).toBe('succeeded');
    const other = { environment: 'dev', releaseId: second.release.id };
    const reused = await call('post', url, mara, { body: other, key: 'go' });
    expect(reused.status).toBe(409);
  });

  it('holds what must not be deployed, until that is lifted', async () => {
    const url = '/services/orders/holds';
    const body = { release: 1, reason: 'It is slow.' };
    const hold = await call<ReleaseHold>('post', url, mara, { body });
    expect(hold.status).toBe(201);
    expect((await call('post', url, mara, { body })).status).toBe(409);
    const detail = await call<ReleaseDetail>(
      'get',
      '/services/orders/releases/1',
      mara,
    );
    expect(detail.body.hold).toEqual(hold.body);
    const lifted = await call<ReleaseHold>(
      'post',
      `${url}/${hold.body.id}/lift`,
      mara,
      { body: { reason: 'It is fast again.' } },
    );
    expect(lifted.body.lifted?.by).toBe('user:default/mara');
    const twice = await call('post', `${url}/${hold.body.id}/lift`, mara, {
      body: { reason: 'Again.' },
    });
    expect(twice.status).toBe(404);
    const list = await call<{ items: ReleaseHold[] }>('get', url, mara);
    expect(list.body.items).toEqual([lifted.body]);
    const silent = await call('post', url, mara, {
      body: { release: 1, reason: '' },
    });
    expect(silent.status).toBe(400);
  });

  it('shows and changes what a service is given', async () => {
    const url = '/services/orders/configuration/dev';
    const body = { version: 0, variables: { LOG_LEVEL: 'debug' } };
    const run = await call<Run>('post', url, mara, { body, key: 'louder' });
    expect(run.status).toBe(201);
    await platform.reaches(run.body);
    const again = await call<Run>('post', url, mara, { body });
    expect(again.status).toBe(409);
    const { body: now } = await call<Configuration>('get', url, mara);
    expect(now).toMatchObject({
      version: 1,
      variables: { LOG_LEVEL: 'debug' },
    });
  });

  it('says that the rules could not be asked', async () => {
    const asked: Array<[string, object]> = [
      ['deployments', { environment: 'dev', releaseId: first.release.id }],
      ['rollbacks', { environment: 'dev' }],
      ['configuration/dev', { version: 1, variables: { LOG_LEVEL: 'info' } }],
    ];
    platform.catalog.isAway = true;
    for (const [what, body] of asked) {
      const url = `/services/orders/${what}`;
      const { status } = await call('post', url, idris, { body });
      expect([url, status]).toEqual([url, 503]);
    }
    platform.catalog.isAway = false;
  });

  it.each(here)('$method $path asks who calls', async operation => {
    const { method, url, body } = operation;
    expect((await call(method, url, nobody, { body })).status).toBe(401);
    const strange = `${url}${url.includes('?') ? '&' : '?'}nonsense=1`;
    expect((await call(method, strange, mara, { body })).status).toBe(400);
  });

  it.each(here.filter(({ path }) => path.includes('{name}')))(
    '$method $path knows nothing of what does not exist',
    async ({ method, url, body }) => {
      expect((await call(method, url, mara, { body })).status).toBe(404);
    },
  );

  it('needs permission for everything', async () => {
    const strict = await startPlatform(
      databases,
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    );
    try {
      const denied = await DocumentedApi.of(strict.server, seen);
      for (const { method, path, url, body } of here) {
        const { status } = await denied.call(method, url, mara, { body });
        expect([path, status]).toEqual([path, 403]);
      }
    } finally {
      await strict.stop();
    }
  });

  it('has given every answer it documents', () => {
    expect(unseenAnswers(here, seen)).toEqual([]);
    expect(undocumentedAnswers(seen)).toEqual([]);
  });
});
