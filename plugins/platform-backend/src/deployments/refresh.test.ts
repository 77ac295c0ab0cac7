import { TestDatabases } from '@backstage/backend-test-utils';
import type { Deployment, Page } from '@slipway/plugin-platform-common';
import { gate } from '../__testUtils__/runs';
import {
  type StartedDeployments,
  startDeployments,
  WITH_DATABASE,
} from './__testUtils__/startDeployments';

jest.setTimeout(180_000);

const BUSY = 'while it is given new credentials';
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('what serves, when its resources change', () => {
  let platform: StartedDeployments;

  beforeEach(async () => {
    platform = await startDeployments(databases);
  });

  afterEach(() => platform.stop());

  const resource = async () => (await platform.resources())[0];

  async function rotate() {
    const { id } = await resource();
    return platform.start('rotate-resource', { resourceId: id });
  }

  /** The passwords that let in now. */
  const valid = async () => [...platform.test.of(await resource()).valid];

  const given = () => platform.started.map(({ variables }) => variables.db);

  /** Lets the next start of a release wait. */
  function holdStart() {
    const { runtime } = platform.providers;
    const { start } = runtime;
    const reached = gate();
    const held = gate();
    runtime.start = async (...args) => {
      runtime.start = start;
      reached.open();
      await held.opened;
      await start(...args);
    };
    return { reached: reached.opened, open: held.open };
  }

  it('is started anew with new credentials before the old are revoked', async () => {
    await platform.deployed(WITH_DATABASE);
    const rotation = await platform.ends((await rotate()).id);
    expect(rotation.state).toBe('succeeded');
    const [before, after] = given();
    expect(after).not.toBe(before);
    expect(await valid()).toEqual([after]);
    const { items } = await platform.get<Page<Deployment>>(
      '/services/orders/deployments',
    );
    expect(items).toMatchObject([
      {
        state: 'serving',
        requestedBy: 'service:default/platform',
        release: { number: 1 },
      },
      { state: 'superseded', release: { number: 1 } },
    ]);
    expect(await platform.runs('kind=deploy')).toMatchObject([
      {
        title: 'Start orders in dev anew',
        changes: [{ action: 'keep', what: 'orders in dev' }],
      },
      {},
    ]);
    expect(await resource()).toMatchObject({
      connections: [{ service: 'orders', alias: 'db' }],
    });
  });

  it('is the release that serves by then, whichever was about to', async () => {
    await platform.deployed(WITH_DATABASE);
    const start = holdStart();
    const second = await platform.push(WITH_DATABASE);
    await start.reached;
    const rotation = await rotate();
    await platform.reaches(rotation.id, ['waiting']);
    start.open();
    expect(await platform.ends(rotation.id)).toMatchObject({
      state: 'succeeded',
    });
    expect((await platform.ends(second.id)).state).toBe('succeeded');
    expect(platform.started.map(({ label }) => label.split(' ')[0])).toEqual([
      'v1',
      'v2',
      'v2',
    ]);
    expect(await valid()).toEqual([given()[2]]);
    const { items } = await platform.get<Page<Deployment>>(
      '/services/orders/deployments',
    );
    expect(items[0]).toMatchObject({
      state: 'serving',
      release: { number: 2 },
    });
  });

  it('is given them also where it had only begun to serve for the first time', async () => {
    const start = holdStart();
    const first = await platform.push(WITH_DATABASE);
    await start.reached;
    const rotation = await rotate();
    await platform.reaches(rotation.id, ['waiting']);
    start.open();
    expect((await platform.ends(rotation.id)).state).toBe('succeeded');
    expect((await platform.ends(first.id)).state).toBe('succeeded');
    expect(await valid()).toEqual([given()[1]]);
  });

  it('needs nothing where that came to nothing', async () => {
    const start = holdStart();
    platform.providers.broken.add('v1');
    const first = await platform.push(WITH_DATABASE);
    await start.reached;
    const rotation = await rotate();
    await platform.reaches(rotation.id, ['waiting']);
    start.open();
    expect((await platform.ends(first.id)).state).toBe('failed');
    expect((await platform.ends(rotation.id)).state).toBe('succeeded');
    expect(platform.started).toHaveLength(1);
    const { items } = await platform.get<Page<Deployment>>(
      '/services/orders/deployments',
    );
    expect(items.map(({ state }) => state)).toEqual(['cancelled', 'failed']);
  });

  it('does not wait for a rotation that waits for it', async () => {
    await platform.deployed(WITH_DATABASE);
    const { test, providers } = platform;
    providers.broken.add('v1');
    const rotation = await platform.ends((await rotate()).id);
    expect(rotation.state).toBe('failed');

    // What is mended by the next release is the reason why the rotation failed.
    expect((await platform.deployed(WITH_DATABASE)).state).toBe('succeeded');
    await platform.post(`/runs/${rotation.id}/retry`);
    expect((await platform.ends(rotation.id)).state).toBe('succeeded');
    expect(await valid()).toEqual([given().at(-1)]);
    expect(test.calls.slice(-2)).toEqual([
      'issue orders.db',
      'revoke orders.db',
    ]);
  });

  it('is not deployed with another size while a rotation waits for its deployment', async () => {
    await platform.deployed(WITH_DATABASE);
    const start = holdStart();
    const rotation = await rotate();
    await start.reached;
    const run = await platform.push(`
resources:
  db: { type: database, params: { connections: 5 } }
`);
    start.open();
    await platform.ends(rotation.id);
    // In line behind the rotation's deployment, it begins before the rotation has ended, or after.
    const { failure } = await platform.ends(run.id);
    expect(failure?.message ?? BUSY).toContain(BUSY);
    if (failure) {
      await platform.post(`/runs/${run.id}/retry`);
    }
    expect((await platform.ends(run.id)).state).toBe('succeeded');
    expect(platform.test.of(await resource()).connections).toBe(5);
    expect(await valid()).toEqual([given().at(-1)]);
  });

  it('goes with what it can not be without, where that is asked for', async () => {
    await platform.deployed(`
resources:
  db: { type: database }
  cache: { type: database, class: brief }
`);
    const all = await platform.resources();
    const db = all.find(({ name }) => name === 'orders.db');
    const destroyed = await platform.start('destroy-resource', {
      resourceId: db?.id,
      withConnected: true,
    });
    expect((await platform.ends(destroyed.id)).state).toBe('succeeded');
    expect(platform.providers.calls.at(-1)).toBe('remove orders dev');
    expect(await platform.knex('resource_connections')).toEqual([]);
    expect(
      (await platform.resources()).map(({ name, state, connections }) => [
        name,
        state,
        connections,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['orders.cache', 'ready', []],
        ['orders.db', 'deleted', []],
      ]),
    );
  });
});
