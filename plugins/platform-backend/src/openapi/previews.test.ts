import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Preview, Run } from '@slipway/plugin-platform-common';
import {
  DocumentedApi,
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
const tomas = as('tomas');
const nobody = { authorization: mockCredentials.none.header() };
const here = operations.filter(({ path }) => path.startsWith('/previews'));

describe('the API of previews and its document', () => {
  const seen = new Set<string>();
  let platform: StartedDelivery;
  let api: DocumentedApi;

  beforeAll(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true, previews: { maximum: 1 } },
    ]);
    api = await DocumentedApi.of(platform.server, seen);
    await platform.pushed();
    for (const branch of ['spike', 'other']) {
      platform.providers.heads.set(branch, 'c'.repeat(40));
    }
  });

  afterAll(() => platform.stop());

  const call = <T = object>(...args: Parameters<DocumentedApi['call']>) =>
    api.call<T>(...args);

  it('starts, lists, extends and removes them, for the owning team only', async () => {
    const start = (body: object, who = mara) =>
      call<Preview>('post', '/previews', who, { body });
    const spike = { service: 'orders', branch: 'spike' };
    expect((await start({ ...spike, service: 'nothing' })).status).toBe(404);
    expect((await start({ ...spike, branch: 'gone' })).status).toBe(400);
    expect((await start(spike, tomas)).status).toBe(403);
    const { status, body } = await start(spike);
    expect(status).toBe(201);
    expect((await start({ ...spike, branch: 'other' })).status).toBe(409);
    const { body: list } = await call<{ items: Preview[] }>(
      'get',
      '/previews?service=orders&branch=spike&state=active&state=removing',
      tomas,
    );
    expect(list.items.map(({ id }) => id)).toEqual([body.id]);

    const one = `/previews/${body.id}`;
    const act = <T>(what: string, who = mara) =>
      call<T>('post', `${one}/${what}`, who);
    expect((await act('extend', tomas)).status).toBe(403);
    expect((await act<Preview>('extend')).body.state).toBe('active');
    expect((await act('remove', tomas)).status).toBe(403);
    platform.catalog.isAway = true;
    expect((await act('remove', as('idris'))).status).toBe(503);
    platform.catalog.isAway = false;
    const removal = await act<Run>('remove');
    expect(removal.status).toBe(201);
    expect((await act('remove')).status).toBe(409);
    expect((await act('extend')).status).toBe(409);
    await platform.reaches(removal.body, ['succeeded']);
  });

  it.each(here)('$method $path asks who calls', async operation => {
    const { method, url, body } = operation;
    expect((await call(method, url, nobody, { body })).status).toBe(401);
    const strange = `${url}?nonsense=1`;
    expect((await call(method, strange, mara, { body })).status).toBe(400);
  });

  it.each(here.filter(({ path }) => path.includes('{id}')))(
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
