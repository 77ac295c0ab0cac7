import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  EnvironmentsView,
  Explanation,
  Page,
  Resource,
  ResourceType,
  Run,
} from '@slipway/plugin-platform-common';
import {
  DocumentedApi,
  operations,
  undocumentedAnswers,
  unseenAnswers,
} from '../__testUtils__/DocumentedApi';
import { as, startPlatformWith } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';
import { ENVIRONMENTS } from '../resources/__testUtils__/startResources';
import { TestResourceProvider } from '../resources/__testUtils__/TestResourceProvider';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');
const tomas = as('tomas');
const here = operations.filter(({ path }) => path.startsWith('/resource'));
const nobody = { authorization: mockCredentials.none.header() };

describe('the API of resources and its document', () => {
  const test = new TestResourceProvider();
  const seen = new Set<string>();
  let platform: Awaited<ReturnType<typeof startPlatformWith>>;
  let api: DocumentedApi;

  beforeAll(async () => {
    platform = await startPlatformWith(
      databases,
      { environments: ENVIRONMENTS },
      [test.module],
    );
    api = await DocumentedApi.of(platform.server, seen);
  });

  afterAll(() => platform.stop());

  const call = <T = Resource>(...args: Parameters<DocumentedApi['call']>) =>
    api.call<T>(...args);

  async function provision(name: string, more: object = {}): Promise<Resource> {
    const started = await call<Run>('post', '/runs', mara, {
      body: {
        kind: 'provision-resource',
        input: {
          type: 'database',
          name,
          environment: 'dev',
          owner: 'group:default/payments',
          ...more,
        },
      },
    });
    expect([started.status, started.message]).toEqual([201, undefined]);
    let run: Run | undefined;
    await until(async () => {
      ({ body: run } = await call<Run>(
        'get',
        `/runs/${started.body.id}`,
        mara,
      ));
      return run.endedAt !== undefined;
    });
    expect(run).toMatchObject({ state: 'succeeded' });
    const { body } = await call(
      'get',
      `/resources/${run!.output!.resourceId}`,
      mara,
    );
    return body;
  }

  it('shows what was made to whoever may read, and its secrets to its owners', async () => {
    const resource = await provision('ledger');
    expect(resource).toMatchObject({
      name: 'ledger',
      state: 'ready',
      outputs: [
        { name: 'host', secret: false, value: 'localhost' },
        { name: 'password', secret: true },
      ],
      entityRef: 'resource:default/ledger-dev',
    });
    const { password } = test.of(resource);
    expect(JSON.stringify(resource)).not.toContain(password);
    const url = `/resources/${resource.id}/reveal`;
    const revealed = await call<object>('post', url, mara);
    expect([revealed.status, revealed.body]).toEqual([
      200,
      { outputs: { host: 'localhost', password } },
    ]);
    const refused = await call('post', url, tomas);
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain(password);
  });

  it('reveals nothing whose key is lost, and says what to do', async () => {
    const { id } = await provision('locked');
    await platform
      .knex('resources')
      .where({ id })
      .update({ secrets_key: 'gone' });
    const { status, message } = await call(
      'post',
      `/resources/${id}/reveal`,
      mara,
    );
    expect(status).toBe(409);
    expect(message).toContain('platform.previousEncryptionKeys');
    expect(message).toContain('rotate');
  });

  it('finds drift when asked to look, and none once it is mended', async () => {
    const { id } = await provision('drifting');
    const url = `/resources/${id}/check`;
    test.of({ id }).connections = 7;
    const { status, body } = await call('post', url, tomas);
    expect(status).toBe(200);
    expect(body.drift).toMatchObject({
      missing: false,
      fields: [{ field: 'connections', from: 7, to: 10 }],
    });
    const again = await call('post', url, mara);
    expect(again.body.drift).toEqual(body.drift);
    test.of({ id }).connections = 10;
    expect((await call('post', url, mara)).body.drift).toBeUndefined();
    test.things.delete(id);
    expect((await call('post', url, mara)).body.drift).toMatchObject({
      missing: true,
    });
  });

  it('has nothing to compare with while a resource is not ready', async () => {
    const { id } = await provision('broken');
    await platform.knex('resources').where({ id }).update({ state: 'failed' });
    const { status, message } = await call(
      'post',
      `/resources/${id}/check`,
      mara,
    );
    expect(status).toBe(409);
    expect(message).toContain('database broken in dev is failed');
  });

  it('does not wait for a provider that hangs', async () => {
    const { id } = await provision('hanging');
    test.blind = true;
    const bePatient = test.beImpatient();
    const { status, message } = await call(
      'post',
      `/resources/${id}/check`,
      mara,
    );
    test.blind = false;
    bePatient();
    expect(status).toBe(503);
    expect(message).toContain('test-databases did not look at what is there');
  });

  it('lists page by page, and by everything there is to filter by', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) {
      await provision(name, { timeToLiveMs: 60 * 60_000 });
    }
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await call<Page<Resource>>(
        'get',
        `/resources?search=page&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        mara,
      );
      found.push(...body.items.map(({ name }) => name));
      cursor = body.nextCursor;
    } while (cursor);
    expect(found).toEqual(['page-3', 'page-2', 'page-1']);
    const soon = new Date(Date.now() + 2 * 60 * 60_000).toISOString();
    const all = `search=page&environment=dev&type=database&owner=group:default/payments&state=ready&state=failed&expiresBefore=${soon}`;
    const { body } = await call<Page<Resource>>(
      'get',
      `/resources?${all}`,
      mara,
    );
    expect(body.items).toHaveLength(3);
    for (const none of [
      'environment=prod',
      'type=cache',
      'owner=group:default/growth',
      'service=orders',
      'state=deleted',
      'drifted=true',
      `expiresBefore=${new Date().toISOString()}`,
    ]) {
      const { body: empty } = await call<Page<Resource>>(
        'get',
        `/resources?search=page&${none}`,
        mara,
      );
      expect([none, empty.items]).toEqual([none, []]);
    }
  });

  it.each([
    ['/resources?limit=0', 'limit'],
    ['/resources?state=gone', 'destroyed'],
    ['/resources?drifted=perhaps', 'drifted'],
    ['/resources?cursor=mine', 'cursor'],
    ['/resources?expiresBefore=soon', 'expiresBefore'],
    ['/resource-definitions/explain?environment=dev', 'type'],
    ['/resource-definitions/explain?type=database&environment=moon', 'moon'],
    ['/resource-definitions/explain?type=wish&environment=dev', 'wish'],
  ])('refuses %s and names %s', async (url, what) => {
    const { status, message } = await call('get', url, mara);
    expect(status).toBe(400);
    expect(message).toContain(what);
  });

  it('says what can be asked for', async () => {
    const { body } = await call<{ items: ResourceType[] }>(
      'get',
      '/resource-types',
      mara,
    );
    expect(body.items).toMatchObject([
      {
        type: 'database',
        title: 'Test database',
        parameters: {
          type: 'object',
          properties: { connections: { maximum: 100 } },
        },
        outputs: [{ name: 'host' }, { name: 'password', secret: true }],
        abilities: ['rotate', 'restore', 'accept-drift', 'adopt'],
      },
    ]);
    expect(
      body.items[0].offers.map(offer => [offer.environment, offer.class]),
    ).toEqual([
      ['dev', 'default'],
      ['dev', 'brief'],
      ['prod', 'default'],
      ['prod', 'brief'],
    ]);
  });

  it('shows the definitions, and explains which one counts', async () => {
    const view = await call<EnvironmentsView>(
      'get',
      '/resource-definitions',
      mara,
    );
    expect(view.body).toMatchObject({
      environments: [{ name: 'dev' }, { name: 'prod', protected: true }],
      definitions: [{ name: 'database' }, { name: 'database-brief' }],
      problems: [],
      pending: [],
    });
    const explained = await call<Explanation>(
      'get',
      '/resource-definitions/explain?type=database&environment=dev&class=brief&id=ledger&service=orders&owner=group:default/payments',
      mara,
    );
    expect(explained.body).toMatchObject({
      definition: 'database-brief',
      considered: [{ matches: true }, { matches: true }],
    });
  });

  it.each(here)('$method $path asks who calls', async operation => {
    const { method, url } = operation;
    expect((await call(method, url, nobody)).status).toBe(401);
    const strange = `${url}${url.includes('?') ? '&' : '?'}nonsense=1`;
    expect((await call(method, strange, mara)).status).toBe(400);
  });

  it.each(here.filter(({ path }) => path.includes('{id}')))(
    '$method $path knows nothing of what does not exist',
    async ({ method, url }) => {
      expect((await call(method, url, mara)).status).toBe(404);
    },
  );

  it('knows nothing of what can be no id', async () => {
    expect((await call('get', '/resources/mine', mara)).status).toBe(404);
  });

  it('needs permission for everything', async () => {
    const strict = await startPlatformWith(
      databases,
      { environments: ENVIRONMENTS },
      [
        test.module,
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    );
    try {
      const denied = await DocumentedApi.of(strict.server, seen);
      for (const { method, path, url } of here) {
        const { status } = await denied.call(method, url, mara);
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
