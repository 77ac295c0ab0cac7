import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@slipway/plugin-platform-common';
import {
  type StartedDeployments,
  startDeployments,
  WITH_DATABASE,
} from './__testUtils__/startDeployments';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('a resource that a release names no more', () => {
  let platform: StartedDeployments;
  let named: Run;
  let dropped: Run;

  beforeEach(async () => {
    platform = await startDeployments(databases);
    named = await platform.deployed(WITH_DATABASE);
    dropped = await platform.deployed('');
  });

  afterEach(() => platform.stop());

  const removals = () => platform.runs('kind=destroy-resource');
  const resource = async () => (await platform.resources())[0];

  async function remove(): Promise<Run> {
    const [{ id }] = await removals();
    await platform.post(`/runs/${id}/start`);
    return platform.ends(id);
  }

  it('is planned for removal, and stays until its team starts that', async () => {
    expect(dropped).toMatchObject({
      state: 'succeeded',
      changes: [
        { action: 'change', what: 'orders in dev' },
        {
          action: 'remove',
          what: 'database orders.db in dev',
          detail:
            'no longer used: planned for removal, which happens only when somebody of its team starts it; kept for 7 days, and can be restored until then',
        },
      ],
    });
    const planned = await removals();
    expect(planned).toMatchObject([
      {
        state: 'planned',
        title: 'Destroy database orders.db in dev',
        owner: 'group:default/payments',
        changes: [{ action: 'remove', what: 'database orders.db in dev' }],
      },
    ]);
    expect(await resource()).toMatchObject({ state: 'ready', connections: [] });
    expect(
      platform.news.filter(({ payload }) => payload.title.includes('not used')),
    ).toEqual([
      {
        recipients: { type: 'entity', entityRef: 'group:default/payments' },
        payload: expect.objectContaining({
          title: 'database orders.db in dev is not used any more',
          link: `/runs/${planned[0].id}`,
        }),
      },
    ]);
    expect((await remove()).state).toBe('succeeded');
    expect(await resource()).toMatchObject({ state: 'deleted' });
  });

  it('is decided about once', async () => {
    const [{ id }] = await removals();
    await platform.post(`/runs/${id}/cancel`);
    const next = await platform.deployed('');
    expect(next.changes).toHaveLength(1);
    expect(await removals()).toHaveLength(1);

    await platform.redeploy(named).then(run => platform.ends(run.id));
    await platform.deployed('');
    expect((await removals()).map(({ state }) => state)).toEqual([
      'planned',
      'cancelled',
    ]);
  });

  it('is used again after a rollback, and its removal is discarded', async () => {
    const { test, started } = platform;
    const back = await platform.redeploy(named);
    expect(back.changes).toHaveLength(1);
    expect((await platform.ends(back.id)).state).toBe('succeeded');
    expect(await removals()).toMatchObject([{ state: 'cancelled' }]);
    expect(await resource()).toMatchObject({
      state: 'ready',
      connections: [{ service: 'orders' }],
    });
    expect(test.calls).toEqual(['apply orders.db']);
    expect(started.at(-1)?.variables.db).toBe(started[0].variables.db);
  });

  it('comes back with what is in it for a release from before it was destroyed', async () => {
    const { test } = platform;
    await remove();
    const { id } = await resource();
    const back = await platform.redeploy(named);
    expect(back.changes[1]).toMatchObject({
      action: 'change',
      what: 'database orders.db in dev',
      detail: 'can be used again, with all that is in it',
    });
    expect((await platform.ends(back.id)).state).toBe('succeeded');
    expect(await resource()).toMatchObject({ id, state: 'ready' });
    expect(test.calls.slice(-1)).toEqual(['restore orders.db']);
  });

  it('is made anew for a release from after it was destroyed', async () => {
    await remove();
    const { id } = await resource();
    const next = await platform.deployed(WITH_DATABASE);
    expect(next.state).toBe('succeeded');
    const all = await platform.resources();
    expect(all.map(each => [each.id === id, each.state])).toEqual([
      [false, 'ready'],
      [true, 'deleted'],
    ]);
  });

  it('is not destroyed once a deployment is about to use it', async () => {
    const [{ id }] = await removals();
    const { runtime } = platform.providers;
    const { start } = runtime;
    let removal: Run | undefined;
    runtime.start = async (...args) => {
      await platform.post(`/runs/${id}/start`);
      removal = await platform.ends(id);
      await start(...args);
    };
    const back = await platform.redeploy(named);
    expect((await platform.ends(back.id)).state).toBe('succeeded');
    expect(removal).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringContaining('is used by orders') },
    });
    expect(await resource()).toMatchObject({ state: 'ready' });
  });
});
