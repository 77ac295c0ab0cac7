import { TestDatabases } from '@backstage/backend-test-utils';
import type { Approval, Page } from '@slipway/plugin-platform-common';
import {
  startDelivery,
  type StartedDelivery,
} from './__testUtils__/startDelivery';

jest.setTimeout(90_000);

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

describe('promotion', () => {
  let platform: StartedDelivery;

  afterEach(() => platform.stop());

  const start = async (...documents: string[]) => {
    platform = await startDelivery(
      databases,
      [
        { name: 'dev', autoDeploy: true },
        { name: 'staging', title: 'Staging' },
        { name: 'prod', title: 'Production', protected: true },
      ],
      { documents },
    );
  };

  it('brings the same digest from one environment to the next, and skips none', async () => {
    await start();
    const first = await platform.pushed();
    const skipped = await platform.deploy(first, 'prod');
    expect([skipped.status, skipped.message]).toEqual([
      409,
      'orders v1 has not served in staging yet, which comes before prod. Promote it to staging first.',
    ]);
    const { body: run } = await platform.deploy(first, 'staging');
    expect(run.input.cause).toBe('promotion');
    expect(run.changes).toEqual([
      expect.objectContaining({ action: 'create', what: 'orders in staging' }),
    ]);
    expect((await platform.reaches(run)).state).toBe('succeeded');

    const { body: toProd } = await platform.deploy(first, 'prod');
    expect(toProd.state).toBe('waiting');
    const { items } = await platform.get<Page<Approval>>('/approvals');
    const approval = items.find(each => each.run.id === toProd.id)!;
    await platform.post(`/approvals/${approval.id}/approve`, {}, 'idris');
    expect((await platform.reaches(toProd)).state).toBe('succeeded');
    const [inProd] = await platform.deployments('prod');
    expect(inProd.release.artifactDigest).toBe(first.release.artifactDigest);
  });

  it('shows the commits that it brings, and takes back', async () => {
    await start();
    const first = await platform.pushed();
    const second = await platform.pushed();
    const brought = async (release: typeof first) => {
      const { body: run } = await platform.deploy(release, 'staging');
      await platform.reaches(run);
      return run.changes[0].commits;
    };
    expect(await brought(first)).toBeUndefined();
    const { sha } = second.release.commit;
    const items = [expect.objectContaining({ sha })];
    expect(await brought(second)).toEqual({
      direction: 'forward',
      repository: 'orders',
      total: 1,
      items,
    });
    expect(await brought(first)).toMatchObject({ direction: 'back', items });
  });

  it('is asked again where another one was faster', async () => {
    await start();
    const first = await platform.pushed();
    const second = await platform.pushed();
    const { body: mine } = await platform.deploy(first, 'staging');
    const { body: theirs } = await platform.deploy(second, 'staging', {
      who: 'idris',
    });
    const ends = await Promise.all(
      [mine, theirs].map(run => platform.reaches(run)),
    );
    expect(ends.map(({ state }) => state)).toEqual(['succeeded', 'failed']);
    expect(ends[1].failure).toEqual({
      message: expect.stringMatching(
        /^v1 aaaaaa1 serves in staging since this was asked for/,
      ),
      hint: 'Look at what serves now, and deploy again if you still want to.',
    });
  });

  it('is refused for what is held, everywhere, until the hold is lifted', async () => {
    await start();
    const first = await platform.pushed();
    const hold = { release: 1, reason: 'It sends mails twice.' };
    const placed = await platform.post<{ id: string }>(
      '/services/orders/holds',
      hold,
    );
    const refused = await platform.deploy(first, 'staging');
    expect([refused.status, refused.message]).toEqual([
      409,
      'orders v1 is held: It sends mails twice. Deploy another release, or lift the hold once that is mended.',
    ]);
    const twice = await platform.send('post', '/services/orders/holds', hold);
    expect([twice.status, twice.message]).toEqual([
      409,
      'orders v1 is held already: It sends mails twice.',
    ]);
    const foreign = await platform.send(
      'post',
      `/services/orders/holds/${placed.id}/lift`,
      { reason: 'Why not.' },
      'tomas',
    );
    expect(foreign.status).toBe(403);
    await platform.post(`/services/orders/holds/${placed.id}/lift`, {
      reason: 'It is mended.',
    });
    expect((await platform.deploy(first, 'staging')).status).toBe(201);
  });

  it('takes a reason and an approval in a freeze window', async () => {
    await start(FROZEN);
    const first = await platform.pushed();
    const silent = await platform.deploy(first, 'staging');
    expect([silent.status, silent.message]).toEqual([
      403,
      expect.stringContaining(
        'Staging is frozen until 2099-01-01 00:00 UTC (Quiet days: Few are there to mend what breaks). Say in `reason` why',
      ),
    ]);
    const { body: run } = await platform.deploy(first, 'staging', {
      reason: 'Orders are lost',
    });
    expect(run.state).toBe('waiting');
    const { items } = await platform.get<Page<Approval>>('/approvals');
    const approval = items.find(each => each.run.id === run.id)!;
    expect(approval.reason).toContain('Orders are lost');
    const own = await platform.send(
      'post',
      `/approvals/${approval.id}/approve`,
      {},
    );
    expect(own.status).toBe(403);
    await platform.post(`/approvals/${approval.id}/approve`, {}, 'idris');
    expect((await platform.reaches(run)).state).toBe('succeeded');
    const [deployed] = await platform.deployments('staging');
    expect(deployed).toMatchObject({
      state: 'serving',
      reason: 'Orders are lost',
    });
  });
});
