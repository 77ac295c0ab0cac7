import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { JsonObject } from '@backstage/types';
import type { ReleaseDetail, Run } from '@slipway/plugin-platform-common';
import {
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const FROZEN = `apiVersion: slipway.dev/v1
kind: FreezeWindow
metadata: { name: quiet, title: Quiet days }
spec:
  reason: Few are there to mend what breaks
  environments: [staging]
  from: 2020-01-01T00:00:00Z
  until: 2099-01-01T00:00:00Z
`;

describe('actions on releases', () => {
  const registry = actionsRegistryServiceMock();
  let platform: StartedDelivery;

  beforeAll(async () => {
    platform = await startDelivery(
      databases,
      [{ name: 'dev', autoDeploy: true }, { name: 'staging' }],
      {
        documents: [FROZEN],
        features: [
          createServiceFactory({
            service: actionsRegistryServiceRef,
            deps: {},
            factory: () => registry,
          }),
        ],
      },
    );
  });

  afterAll(() => platform.stop());

  async function invoke<T>(
    name: string,
    input: JsonObject,
    who = 'mara',
  ): Promise<T> {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user(`user:default/${who}`),
    });
    return output as T;
  }

  it('tell what was deployed, roll it back, hold it and let it go', async () => {
    const first = await platform.pushed();
    const second = await platform.pushed();
    const { deployments } = await invoke<{ deployments: object[] }>(
      'list-deployments',
      { service: 'orders' },
    );
    expect(deployments).toMatchObject([
      { release: 2, state: 'serving', releaseId: second.release.id },
      { release: 1, state: 'superseded', cause: 'pipeline' },
    ]);
    const { run } = await invoke<{ run: Run }>('roll-back-service', {
      service: 'orders',
      environment: 'dev',
      reason: 'Customers complain',
    });
    expect((await platform.reaches(run)).input).toMatchObject({
      cause: 'rollback',
      releaseId: first.release.id,
    });
    const held = { service: 'orders', release: 2 };
    const { hold } = await invoke<{ hold: { id: string } }>('hold-release', {
      ...held,
      reason: 'It sends mails twice.',
    });
    expect(hold).toMatchObject({ ...held, isLifted: false });
    expect((await platform.deploy(second, 'dev')).status).toBe(409);
    const lifted = await invoke('lift-hold', {
      service: 'orders',
      id: hold.id,
      reason: 'It is mended.',
    });
    expect(lifted).toMatchObject({ hold: { isLifted: true } });
  });

  it('configure a service, from the version that was looked at', async () => {
    await platform.pushed();
    const place = { service: 'orders', environment: 'dev' };
    const before = await invoke('get-configuration', place);
    expect(before).toEqual({
      version: 0,
      variables: {},
      secrets: [],
      missing: [],
    });
    const { run } = await invoke<{ run: Run }>('configure-service', {
      ...place,
      version: 0,
      variables: { GREETING: 'hello' },
      secrets: { TOKEN: 'hidden' },
    });
    expect((await platform.reaches(run)).state).toBe('succeeded');
    expect(await invoke('get-configuration', place)).toMatchObject({
      version: 1,
      variables: { GREETING: 'hello' },
      secrets: ['TOKEN'],
    });
    const { number } = (await platform.deployments('dev'))[0].release;
    await platform.pushed();
    const { configurations, commits } = await platform.get<ReleaseDetail>(
      `/services/orders/releases/${number + 1}`,
    );
    expect(commits).toMatchObject({ direction: 'forward', total: 1 });
    expect(configurations).toEqual([
      { environment: 'dev', version: 1, before: 1, changes: [] },
    ]);
    const { configurations: earlier } = await platform.get<ReleaseDetail>(
      `/services/orders/releases/${number}`,
    );
    expect(earlier).toMatchObject([
      {
        version: 1,
        before: 0,
        changes: [
          {
            version: 1,
            changes: [
              { key: 'GREETING', action: 'add', to: 'hello' },
              { key: 'TOKEN', isSecret: true, action: 'add' },
            ],
          },
        ],
      },
    ]);
    await expect(
      invoke('configure-service', { ...place, version: 0, variables: {} }),
    ).rejects.toThrow('is at version 1, and this change was made from 0');
  });

  it('tell when an environment is frozen, and what is known of an artifact', async () => {
    expect(await invoke('list-freezes', {})).toEqual({
      freezes: [
        expect.objectContaining({
          name: 'quiet',
          environments: ['staging'],
          isNow: true,
          until: '2099-01-01 00:00 UTC',
        }),
      ],
    });
    expect(await invoke('list-freezes', { environment: 'dev' })).toEqual({
      freezes: [],
    });
    const { release } = await platform.pushed();
    expect(
      await invoke('list-artifact-facts', { digest: release.artifactDigest }),
    ).toEqual({ facts: [] });
  });

  it('give no preview where none are declared', async () => {
    await platform.pushed();
    expect(await invoke('list-previews', { service: 'orders' })).toEqual({
      previews: [],
    });
    await expect(
      invoke('start-preview', { service: 'orders', branch: 'topic' }),
    ).rejects.toThrow('preview');
  });

  it.each([
    ['roll-back-service', { environment: 'dev' }],
    ['hold-release', { release: 1, reason: 'Why not.' }],
    ['lift-hold', { id: 'any', reason: 'Why not.' }],
    ['configure-service', { environment: 'dev', version: 0 }],
    ['start-preview', { branch: 'topic' }],
  ])('refuse %s to people of other teams', async (name, input) => {
    await expect(
      invoke(name, { service: 'orders', ...input }, 'tomas'),
    ).rejects.toThrow('Only members of group:default/payments can do this.');
  });
});
