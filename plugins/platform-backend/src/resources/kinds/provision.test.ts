import { TestDatabases } from '@backstage/backend-test-utils';
import { platformDatabase } from '../../__testUtils__/engine';
import { ended } from '../../__testUtils__/runs';
import { until } from '../../__testUtils__/until';
import {
  DATABASE,
  MARA,
  type StartedResources,
  startResources,
} from '../__testUtils__/startResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('provision-resource', () => {
  let platform: StartedResources;

  beforeEach(async () => {
    platform = await startResources(await platformDatabase(databases));
  });

  afterEach(() => platform.stop());

  it('makes what was planned, and shows it without its secrets', async () => {
    const { runs, service, test, events } = platform;
    const plan = await platform.plan('provision', DATABASE);
    expect(plan).toMatchObject({
      title: 'Create database ledger in dev',
      target: 'resource:dev:ledger',
      owner: 'group:default/payments',
      changes: [
        {
          action: 'create',
          what: 'database ledger in dev',
          fields: [
            { field: 'size', to: 'small' },
            { field: 'connections', to: 10 },
          ],
        },
      ],
    });
    const run = await platform.perform('provision', DATABASE, {
      planDigest: plan.digest,
    });
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: plan.changes,
      output: {
        name: 'ledger',
        entityRef: 'resource:default/ledger-dev',
      },
      remains: [{ what: 'database ledger in dev', certain: true }],
    });
    const {
      items: [resource],
    } = await service.list({}, { limit: 10 });
    expect(resource).toMatchObject({
      id: run.output?.resourceId,
      state: 'ready',
      class: 'default',
      parameters: { size: 'small', connections: 10 },
      outputs: [
        { name: 'host', secret: false, value: 'localhost' },
        { name: 'password', secret: true, value: undefined },
      ],
      runId: run.id,
      createdBy: 'user:default/mara',
    });
    const { password } = test.of(resource);
    expect(password).toMatch(/^[a-zA-Z0-9]{32}$/);
    const log = await runs.log(run.id, 0, 100);
    expect(log.map(({ text }) => text)).toContain(
      'The password is [redacted].',
    );
    expect(events.map(({ state }) => state)).toEqual([
      'provisioning',
      'provisioning',
      'ready',
    ]);
  });

  it.each([
    [{ type: 'wish' }, 'no resource type "wish"'],
    [{ class: 'grand' }, 'no class "grand"'],
    [{ environment: 'moon' }, 'no environment "moon"'],
    [{ parameters: { connections: 0 } }, 'connections: Use at least 1.'],
    [{ parameters: { connections: 21 } }, 'connections: 21 was asked for'],
    [{ parameters: { size: 'huge' } }, 'size'],
    [{ parameters: { colour: 'red' } }, 'colour'],
    [{ owner: 'user:default/mara' }, `can't own a resource`],
    [{ name: 'Ledger' }, 'name: "Ledger"'],
    [{ name: `x'; DROP TABLE resources; --` }, 'lower-case letters'],
    [{ name: '../ledger' }, 'lower-case letters'],
    [{ name: 'l'.repeat(41) }, 'at most 40 characters'],
    [{ name: 'orders.db' }, 'lower-case letters'],
    [{ name: 'db', service: 'orders' }, 'is called "orders.<name>"'],
    [
      { name: `${'o'.repeat(40)}.${'d'.repeat(19)}`, service: 'o'.repeat(40) },
      'has 63',
    ],
    [
      { class: 'brief', timeToLiveMs: 31 * 24 * 60 * 60_000 },
      'timeToLiveMs: database-brief lets a resource live for 30 days at most',
    ],
  ])('refuses %j', async (input, message) => {
    for (const act of [platform.plan, platform.start]) {
      await expect(act('provision', { ...DATABASE, ...input })).rejects.toThrow(
        message,
      );
    }
    expect((await platform.service.list({}, { limit: 1 })).items).toEqual([]);
  });

  it('takes the longest name that fits, and one a service gives', async () => {
    const service = 'o'.repeat(40);
    const name = `${service}.${'d'.repeat(18)}`;
    const resource = await platform.provision({ name, service });
    expect(Buffer.byteLength(`${name}-dev`)).toBe(63);
    expect(resource).toMatchObject({ name, service, state: 'ready' });
  });

  it('gives a name once in an environment, and tells who has it', async () => {
    await platform.provision();
    await expect(platform.plan('provision', DATABASE)).rejects.toThrow(
      'name: "ledger" is taken in dev by a database of payments.',
    );
    const prod = await platform.provision({ environment: 'prod' });
    expect(prod.name).toBe('ledger');
  });

  it('makes one where two ask for a name at a time', async () => {
    const [first, second] = await Promise.all([
      platform.perform('provision', DATABASE),
      platform.perform('provision', DATABASE).catch(error => ({
        state: 'refused',
        failure: { message: String(error) },
      })),
    ]);
    expect([first.state, second.state].filter(x => x === 'succeeded')).toEqual([
      'succeeded',
    ]);
    expect([first, second].find(({ failure }) => failure)).toMatchObject({
      failure: { message: expect.stringContaining('is taken in dev') },
    });
    expect(platform.test.things.size).toBe(1);
  });

  it('does nothing where the definition has changed since it was planned', async () => {
    const held = await platform.start('provision', DATABASE, { hold: true });
    await platform.stop();
    const { knex, test } = platform;
    platform = await startResources(knex, {
      test,
      environments: platform.definitions.replace(
        'maximum: { connections: 20 }',
        'defaults: { connections: 5 }',
      ),
    });
    await platform.runs.startPlanned(held.id, MARA);
    const run = await ended(platform.runs, held.id);
    expect(run).toMatchObject({
      state: 'failed',
      failure: {
        message: expect.stringMatching(
          /nothing was done.*connections: 10.*Now it would be.*connections: 5/,
        ),
      },
    });
    expect(test.calls).toEqual([]);
    expect((await platform.service.list({}, { limit: 1 })).items).toEqual([]);
  });

  it('goes on after the provider failed halfway, with the password it began with', async () => {
    const { test } = platform;
    test.mishaps = ['fails after'];
    const resource = await platform.provision();
    expect(test.calls).toEqual(['apply ledger', 'apply ledger']);
    const { password } = await platform.service.reveal(resource.id);
    expect([...test.of(resource).valid]).toEqual([password]);
  });

  it.each([
    ['half' as const, /did not answer: password/],
    ['too much' as const, /answered what it doesn't declare: surprise/],
    ['refuses' as const, /The disk is full/],
    ['hangs' as const, /did not create database ledger in dev within 1 s/],
  ])(
    'fails where the provider %s, says so on the resource, and goes on when it is retried',
    async (mishap, message) => {
      const { test, service } = platform;
      test.mishaps = [mishap];
      test.beImpatient();
      const run = await platform.perform('provision', DATABASE);
      const failure = { message: expect.stringMatching(message) };
      expect(run).toMatchObject({ state: 'failed', failure });
      const id = String(run.steps[0].output?.resourceId);
      await until(async () => (await service.get(id)).state === 'failed');
      expect(await service.get(id)).toMatchObject({ failure });
      await platform.runs.retry(run.id, MARA);
      expect(await ended(platform.runs, run.id)).toMatchObject({
        state: 'succeeded',
      });
      expect(await service.get(id)).toMatchObject({
        state: 'ready',
        failure: undefined,
      });
    },
  );

  it('finds out a provider that only says that it is done', async () => {
    const { test, service } = platform;
    test.mishaps = ['lies'];
    const run = await platform.perform('provision', DATABASE);
    expect(run).toMatchObject({
      state: 'failed',
      failure: {
        message: expect.stringMatching(
          /said that it was done, but .* is not what was asked for.*create database ledger/,
        ),
      },
    });
    const id = String(run.steps[0].output?.resourceId);
    await until(async () => (await service.get(id)).state === 'failed');
    const mended = await platform.perform('reconcile', { resourceId: id });
    expect(mended.state).toBe('succeeded');
    expect(await service.get(id)).toMatchObject({ state: 'ready' });
  });

  it.each(['refuses', 'half'] as const)(
    'is undone after the provider %s: nothing is left, and the name is free',
    async mishap => {
      const { test, service } = platform;
      test.mishaps = [mishap];
      const run = await platform.perform('provision', DATABASE);
      await platform.runs.undo(run.id, MARA);
      const undone = await ended(platform.runs, run.id);
      expect(undone).toMatchObject({ state: 'undone', remains: [] });
      expect(test.things.size).toBe(0);
      const id = String(run.steps[0].output?.resourceId);
      expect(await service.get(id)).toMatchObject({ state: 'destroyed' });
      const again = await platform.provision();
      expect(again.id).not.toBe(id);
    },
  );

  describe('where the backend stopped between the resource being ready and the end of the step', () => {
    /** Such a run: it has failed, and its resource is ready. */
    async function readyAndFailed() {
      const { knex, service, test } = platform;
      test.mishaps = ['lies'];
      const run = await platform.perform('provision', DATABASE);
      const id = String(run.steps[0].output?.resourceId);
      await until(async () => (await service.get(id)).state === 'failed');
      await knex('resources')
        .where({ id })
        .update({ state: 'ready', failed_in: null });
      return { runId: run.id, id };
    }

    it('says so when it is retried, and does nothing', async () => {
      const { runId, id } = await readyAndFailed();
      await platform.runs.retry(runId, MARA);
      expect(await ended(platform.runs, runId)).toMatchObject({
        state: 'succeeded',
        output: { resourceId: id, name: 'ledger' },
      });
    });

    it('takes it away when it is undone', async () => {
      const { runId, id } = await readyAndFailed();
      await platform.runs.undo(runId, MARA);
      expect(await ended(platform.runs, runId)).toMatchObject({
        state: 'undone',
        remains: [],
      });
      expect(platform.test.calls.at(-1)).toBe('destroy ledger');
      expect((await platform.service.get(id)).state).toBe('destroyed');
    });

    it('does not take it away from a service that uses it', async () => {
      const { runId, id } = await readyAndFailed();
      await platform.connect(await platform.service.get(id), 'shop');
      await platform.runs.undo(runId, MARA);
      expect(await ended(platform.runs, runId)).toMatchObject({
        state: 'failed',
        failure: { message: expect.stringContaining('is used by shop') },
      });
      expect(platform.test.calls).not.toContain('destroy ledger');
      expect((await platform.service.get(id)).state).toBe('ready');
    });
  });

  it('cuts off a provider that hangs while it plans', async () => {
    const { knex, test } = platform;
    await platform.stop();
    test.slow = true;
    platform = await startResources(knex, { test, patienceMs: 50 });
    await expect(platform.plan('provision', DATABASE)).rejects.toThrow(
      'The provider test-databases did not plan within 0.05 s',
    );
  });

  it('is cancelled while the provider hangs, and can be undone', async () => {
    const { test } = platform;
    test.mishaps = ['hangs'];
    const { id } = await platform.start('provision', DATABASE);
    await until(() => test.calls.length > 0);
    await platform.runs.cancel(id);
    const run = await ended(platform.runs, id);
    expect(run.state).toBe('cancelled');
    await platform.runs.undo(id, MARA);
    expect(await ended(platform.runs, id)).toMatchObject({ state: 'undone' });
  });

  it('is finished by another backend where the first one stops halfway', async () => {
    const { knex, test } = platform;
    test.mishaps = ['hangs'];
    const { id } = await platform.start('provision', DATABASE);
    await until(() => test.calls.length > 0);
    await platform.stop();
    platform = await startResources(knex, { test });
    const run = await ended(platform.runs, id);
    expect(run.state).toBe('succeeded');
    expect(test.calls).toEqual(['apply ledger', 'apply ledger']);
    const resource = await platform.service.get(String(run.output?.resourceId));
    expect(resource.state).toBe('ready');
    expect(platform.events.at(-1)).toMatchObject({ state: 'ready' });
  });
});
