import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ArtifactFact } from '@slipway/plugin-platform-common';
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
const nobody = { authorization: mockCredentials.none.header() };
const here = operations.filter(({ path }) => path.startsWith('/artifacts'));
const SBOM = { bomFormat: 'CycloneDX', components: [{ name: 'express' }] };

describe('the API of facts and its document', () => {
  const seen = new Set<string>();
  let platform: StartedDelivery;
  let api: DocumentedApi;

  beforeAll(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true },
    ]);
    api = await DocumentedApi.of(platform.server, seen);
  });

  afterAll(() => platform.stop());

  const call = <T = object>(...args: Parameters<DocumentedApi['call']>) =>
    api.call<T>(...args);

  it('tells what the pipeline of an artifact reported', async () => {
    const { providers } = platform;
    const silent = await platform.pushed();
    const about = (digest: string, what: string) =>
      `/artifacts/${encodeURIComponent(digest)}/${what}`;
    const none = silent.release.artifactDigest;
    expect((await call('get', about(none, 'facts'), mara)).body).toEqual({
      items: [],
    });
    expect((await call('get', about(none, 'sbom'), mara)).status).toBe(404);

    if (providers.outcome.state === 'succeeded') {
      providers.outcome = {
        ...providers.outcome,
        reports: [
          { kind: 'cyclonedx', text: JSON.stringify(SBOM) },
          { kind: 'secret_detection', text: '{"vulnerabilities":[]}' },
          { kind: 'dependency_scanning', problem: 'No job wrote it.' },
        ],
      };
    }
    const { release } = await platform.pushed();
    const facts = await call<{ items: ArtifactFact[] }>(
      'get',
      about(release.artifactDigest, 'facts'),
      mara,
    );
    expect(facts.body.items.map(({ kind, state }) => [kind, state])).toEqual([
      ['dependencies', 'unknown'],
      ['licences', 'warning'],
      ['sbom', 'passed'],
      ['secrets', 'passed'],
    ]);
    const sbom = await call('get', about(release.artifactDigest, 'sbom'), mara);
    expect(sbom.body).toEqual(SBOM);
  });

  it.each(here)('$method $path asks who calls', async operation => {
    const { method, url } = operation;
    expect((await call(method, url, nobody)).status).toBe(401);
    expect((await call(method, `${url}?nonsense=1`, mara)).status).toBe(400);
  });

  it('needs permission for everything', async () => {
    const strict = await startPlatform(
      databases,
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
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
