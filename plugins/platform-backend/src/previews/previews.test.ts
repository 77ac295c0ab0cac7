import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import type {
  Deployment,
  MergeRequest,
  Preview,
  Release,
  Run,
} from '@slipway/plugin-platform-common';
import { writeFile } from 'node:fs/promises';
import { environmentsText } from '../__testUtils__/environments';
import { until } from '../__testUtils__/until';
import {
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const BASE = [
  { name: 'dev', autoDeploy: true, previews: { maximum: 2 } },
  { name: 'prod', protected: true },
];

function aMergeRequest(number: number, sourceBranch: string): MergeRequest {
  return {
    repository: 'orders',
    owner: 'group:default/payments',
    number,
    title: '',
    description: '',
    state: 'open',
    sourceBranch,
    targetBranch: 'main',
    author: 'user:default/mara',
    sha: '',
    createdAt: '',
    updatedAt: '',
  };
}

describe('previews', () => {
  let platform: StartedDelivery;
  const told: string[] = [];

  beforeEach(async () => {
    told.length = 0;
    platform = await startDelivery(databases, BASE, {
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async ({ payload }) => {
              told.push(payload.title);
            },
          }),
        }),
      ],
    });
    await platform.pushed();
  });

  afterEach(() => platform.stop());

  let commits = 0;
  /** Pushes a commit of a branch, which the forge has from then on. */
  async function push(branch: string): Promise<string> {
    commits += 1;
    const sha = `b${commits}`.padEnd(40, '0');
    platform.providers.heads.set(branch, sha);
    await platform.providers.push(sha, branch);
    return sha;
  }

  async function previews(query = 'state=active'): Promise<Preview[]> {
    const { items } = await platform.get<{ items: Preview[] }>(
      `/previews?${query}`,
    );
    return items;
  }

  const start = (branch: string, who?: string) =>
    platform.send<Preview>(
      'post',
      '/previews',
      { service: 'orders', branch },
      who,
    );

  /** Waits until a branch shows a commit. */
  async function shows(branch: string, sha: string): Promise<Preview> {
    let shown: Preview | undefined;
    await until(async () => {
      [shown] = await previews(`branch=${encodeURIComponent(branch)}`);
      return shown?.serving?.release.commit.sha === sha;
    }, 20_000);
    return shown!;
  }

  async function gone(id: string): Promise<Preview> {
    let found: Preview | undefined;
    await until(async () => {
      found = (await previews('')).find(each => each.id === id);
      return found?.state === 'removed';
    }, 20_000);
    return found!;
  }

  it('show a merge request from when it is opened, follow its branch, and go with it', async () => {
    const sha = await push('feature/faster');
    platform.providers.mergeRequests = [aMergeRequest(1, 'feature/faster')];
    const preview = await shows('feature/faster', sha);
    expect(preview).toMatchObject({
      environment: 'devpreview1',
      base: 'dev',
      service: 'orders',
      owner: 'group:default/payments',
      mergeRequest: 1,
      requestedBy: 'user:default/mara',
      serving: {
        environment: 'devpreview1',
        cause: 'preview',
        release: { number: 2, branch: 'feature/faster' },
      },
    });
    const newer = await push('feature/faster');
    await shows('feature/faster', newer);
    // What comes from a branch is no release of the service.
    const { items } = await platform.get<{ items: Release[] }>(
      '/services/orders/releases',
    );
    expect(items.map(({ number }) => number)).toEqual([1]);

    platform.providers.mergeRequests = [];
    const { reason, serving, removalRunId } = await gone(preview.id);
    expect([reason, serving]).toEqual([
      'The merge request !1 is not open any more.',
      undefined,
    ]);
    expect(platform.providers.calls).toContain('remove orders devpreview1');
    const { kind, requestedBy } = await platform.get<Run>(
      `/runs/${removalRunId}`,
    );
    expect([kind, requestedBy]).toEqual([
      'remove-preview',
      'service:default/platform',
    ]);
  });

  it('are started by hand for any branch, once, and go with it', async () => {
    const sha = await push('spike');
    await until(async () => {
      const { items } = await platform.get<{ items: Run[] }>(
        '/runs?kind=pipeline&state=succeeded',
      );
      return items.length === 2;
    });
    expect((await start('spike', 'tomas')).status).toBe(403);
    expect((await start('gone')).message).toContain('has no branch "gone"');
    expect((await start('../../x')).message).toContain('has no branch');
    const { status, body } = await start('spike');
    expect(status).toBe(201);
    expect((await start('spike')).body.id).toBe(body.id);
    await shows('spike', sha);
    platform.providers.heads.delete('spike');
    expect((await gone(body.id)).reason).toBe('The branch spike is gone.');
  });

  it('are limited in number, and say so', async () => {
    for (const branch of ['one', 'two', 'three']) {
      await push(branch);
    }
    await start('one');
    await start('two');
    const third = await start('three');
    expect(third.status).toBe(409);
    expect(third.message).toContain('There are 2 previews, and no more');
    const [{ id }] = await previews('branch=one');
    const { kind } = await platform.post<Run>(`/previews/${id}/remove`, {});
    expect(kind).toBe('remove-preview');
    expect((await gone(id)).reason).toBe('mara removed it.');
    expect((await start('three')).status).toBe(201);
  });

  it('end with their time, unless somebody extends them', async () => {
    await push('spike');
    const { body } = await start('spike');
    const soon = (id: string) =>
      platform
        .knex('previews')
        .where({ id })
        .update({ expires_at: new Date(Date.now() + 60_000) });
    await soon(body.id);
    await until(async () => {
      const row = await platform.knex('previews').first();
      return row.warned_at !== null;
    });
    expect(told).toContainEqual(
      expect.stringMatching(
        /^The preview of orders spike ends at \d{4}-.* UTC$/,
      ),
    );
    const extended = await platform.post<Preview>(
      `/previews/${body.id}/extend`,
      {},
    );
    expect(Date.parse(extended.expiresAt)).toBeGreaterThan(
      Date.now() + 2 * 24 * 60 * 60_000,
    );
    await platform
      .knex('previews')
      .update({ expires_at: new Date(Date.now() - 1) });
    expect((await gone(body.id)).reason).toBe('Its time is over.');
    expect(
      (await platform.send('post', `/previews/${body.id}/extend`)).status,
    ).toBe(409);
  });

  it('keep what was not merged out of every other environment, and other releases out of theirs', async () => {
    const sha = await push('spike');
    await start('spike');
    const { serving } = await shows('spike', sha);
    const refused = await platform.deploy(serving!, 'dev');
    expect([refused.status, refused.message]).toEqual([
      409,
      'orders v2 was built from spike, which goes to previews only. Merge it, and deploy what comes of that.',
    ]);
    const [main] = await platform.deployments('dev');
    expect((await platform.deploy(main, 'devpreview1')).message).toContain(
      'devpreview1 shows a branch.',
    );
  });

  it('take nothing more when their base is cloned no more, and are removed', async () => {
    const sha = await push('spike');
    const { body } = await start('spike');
    const { serving } = await shows('spike', sha);
    await writeFile(
      platform.environmentsFile,
      environmentsText([{ name: 'dev', autoDeploy: true }, BASE[1]]),
    );
    expect((await gone(body.id)).reason).toBe(
      'dev takes no previews any more.',
    );
    const { message } = await platform.deploy(
      serving as Deployment,
      'devpreview1',
    );
    expect(message).toContain('which takes no previews any more');
    expect((await start('spike')).message).toContain(
      'No environment may be cloned',
    );
  });
});
