import { TestDatabases } from '@backstage/backend-test-utils';
import { ended } from '../../__testUtils__/runs';
import { until } from '../../__testUtils__/until';
import { MARA } from '../__testUtils__/startResources';
import { useResources } from '../__testUtils__/useResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('change-resource', () => {
  const { platform, restart } = useResources(databases);

  it('changes what is asked for, and leaves the rest, credentials too', async () => {
    const { id } = await platform().provision({
      parameters: { connections: 7 },
    });
    const before = platform().test.of({ id }).password;
    const input = { resourceId: id, parameters: { size: 'large' } };
    const plan = await platform().plan('change', input);
    expect(plan).toMatchObject({
      title: 'Change database ledger in dev',
      changes: [
        {
          action: 'replace',
          what: 'database ledger in dev',
          fields: [{ field: 'size', from: 'small', to: 'large' }],
          dataLoss: 'All rows are lost.',
        },
      ],
    });
    const run = await platform().perform('change', input);
    expect(run).toMatchObject({ state: 'succeeded', changes: plan.changes });
    expect(platform().test.of({ id })).toMatchObject({
      size: 'large',
      connections: 7,
      password: before,
    });
    expect(await platform().service.get(id)).toMatchObject({
      state: 'ready',
      parameters: { size: 'large', connections: 7 },
      runId: run.id,
    });
  });

  it('takes back what was asked for with null, so that the definition decides', async () => {
    const { id } = await platform().provision({
      parameters: { connections: 7 },
    });
    await platform().perform('change', {
      resourceId: id,
      parameters: { connections: null },
    });
    expect(platform().test.of({ id }).connections).toBe(10);
  });

  it('changes the class, shows it, and lets it expire as that class does', async () => {
    const { id } = await platform().provision();
    const run = await platform().perform('change', {
      resourceId: id,
      class: 'brief',
    });
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [
        {
          action: 'change',
          fields: [{ field: 'class', from: 'default', to: 'brief' }],
        },
      ],
    });
    const resource = await platform().service.get(id);
    expect(resource).toMatchObject({
      class: 'brief',
      definition: 'database-brief',
    });
    expect(resource.expiresAt).toBeDefined();
  });

  it('brings it to what its definition says by now, which was pending', async () => {
    const { id } = await platform().provision();
    const { service } = await restart({
      environments: platform().definitions.replace(
        'maximum: { connections: 20 }',
        'defaults: { connections: 15 }',
      ),
    });
    const fields = [{ field: 'connections', from: 10, to: 15 }];
    expect((await service.environments()).pending).toEqual([
      { resourceId: id, name: 'ledger', environment: 'dev', fields },
    ]);
    const run = await platform().perform('change', { resourceId: id });
    expect(run).toMatchObject({ state: 'succeeded', changes: [{ fields }] });
    expect((await service.environments()).pending).toEqual([]);
  });

  it('lets one of two people change it who did not know of each other', async () => {
    const { id } = await platform().provision();
    const change = (connections: number) =>
      platform().start(
        'change',
        { resourceId: id, parameters: { connections } },
        { hold: true },
      );
    const [first, second] = [await change(5), await change(6)];
    for (const run of [first, second]) {
      await platform().runs.startPlanned(run.id, MARA);
    }
    expect(await ended(platform().runs, first.id)).toMatchObject({
      state: 'succeeded',
    });
    expect(await ended(platform().runs, second.id)).toMatchObject({
      state: 'failed',
      failure: {
        message: expect.stringMatching(
          /connections: 10 to 6.*Now it would be.*connections: 5 to 6/,
        ),
      },
    });
    expect(await platform().service.get(id)).toMatchObject({
      state: 'ready',
      parameters: { connections: 5 },
      runId: first.id,
    });
  });

  it('refuses another while one is under way, and says which', async () => {
    const { id } = await platform().provision();
    platform().test.mishaps = ['hangs'];
    const run = await platform().start('change', { resourceId: id });
    await until(
      async () => (await platform().service.get(id)).state === 'changing',
    );
    await expect(platform().plan('change', { resourceId: id })).rejects.toThrow(
      `database ledger in dev is changing, and can't be changed. Wait for the run that acts on it (${run.id}), or cancel that one.`,
    );
    await platform().runs.cancel(run.id);
    await ended(platform().runs, run.id);
  });

  it('can be followed at once by another after it failed', async () => {
    const { id } = await platform().provision();
    platform().test.mishaps = ['refuses'];
    const held = await platform().start(
      'change',
      { resourceId: id },
      { hold: true },
    );
    const failed = await platform().perform('change', { resourceId: id });
    expect(failed.state).toBe('failed');
    await platform().runs.startPlanned(held.id, MARA);
    expect(await ended(platform().runs, held.id)).toMatchObject({
      state: 'succeeded',
    });
    await platform().runs.retry(failed.id, MARA);
    expect(await ended(platform().runs, failed.id)).toMatchObject({
      state: 'failed',
      failure: {
        message: `Another run (${held.id}) has acted on database ledger in dev since.`,
      },
    });
    expect(await platform().service.get(id)).toMatchObject({ state: 'ready' });
  });

  it('refuses what can not be', async () => {
    const { id } = await platform().provision();
    for (const [input, message] of [
      [{ class: 'grand' }, 'no class "grand"'],
      [{ parameters: { connections: 99 } }, 'connections: 99'],
      [{ parameters: { colour: 'red' } }, 'colour'],
      [{ resourceId: '00000000-0000-4000-8000-000000000000' }, 'no resource'],
      [{ resourceId: 'mine' }, 'Give the id of a resource'],
    ] as const) {
      await expect(
        platform().plan('change', { resourceId: id, ...input }),
      ).rejects.toThrow(message);
    }
  });

  it('does not go from one provider to another', async () => {
    const { id } = await platform().provision();
    await platform().knex('resources').where({ id }).update({ provider: 'x' });
    await expect(platform().plan('change', { resourceId: id })).rejects.toThrow(
      'made by the provider test-databases, and database ledger in dev was made by x',
    );
  });
});
