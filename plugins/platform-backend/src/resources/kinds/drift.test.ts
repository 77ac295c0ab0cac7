import { TestDatabases } from '@backstage/backend-test-utils';
import { ended } from '../../__testUtils__/runs';
import { MARA } from '../__testUtils__/startResources';
import { useResources } from '../__testUtils__/useResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('drift', () => {
  const { platform } = useResources(databases);

  /** A database whose connections somebody has changed by hand. */
  async function drifted(connections: number, input: object = {}) {
    const resource = await platform().provision(input);
    platform().test.of(resource).connections = connections;
    await platform().service.check(resource.id);
    return resource;
  }

  it('is reconciled', async () => {
    const { id } = await drifted(3);
    const run = await platform().perform('reconcile', { resourceId: id });
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [
        {
          action: 'change',
          fields: [{ field: 'connections', from: 3, to: 10 }],
        },
      ],
    });
    expect(platform().test.of({ id }).connections).toBe(10);
    expect((await platform().service.get(id)).drift).toBeUndefined();
  });

  it('is accepted, and is what was asked for from then on', async () => {
    const { id } = await drifted(3);
    const run = await platform().perform('acceptDrift', { resourceId: id });
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [{ fields: [{ field: 'connections', from: 10, to: 3 }] }],
    });
    expect(platform().test.of({ id }).connections).toBe(3);
    expect(await platform().service.get(id)).toMatchObject({
      state: 'ready',
      drift: undefined,
      parameters: { connections: 3 },
    });
    expect((await platform().service.environments()).pending).toEqual([]);
  });

  it('is not accepted where the definition would not have it', async () => {
    const { id } = await drifted(50);
    await expect(
      platform().start('acceptDrift', { resourceId: id }),
    ).rejects.toThrow('connections: 50 was asked for');
    const brief = await platform().provision({ name: 'brief', class: 'brief' });
    platform().test.of(brief).size = 'large';
    await expect(
      platform().start('acceptDrift', { resourceId: brief.id }),
    ).rejects.toThrow('size: database-brief fixes it at something else');
  });

  it('is not accepted where there is none, or nothing is there', async () => {
    const { id } = await platform().provision();
    await expect(
      platform().start('acceptDrift', { resourceId: id }),
    ).rejects.toThrow('has not drifted');
    platform().test.things.delete(id);
    await expect(
      platform().start('acceptDrift', { resourceId: id }),
    ).rejects.toThrow('Reconcile it');
  });

  it('is made anew where the thing itself is gone', async () => {
    const { id } = await platform().provision();
    platform().test.things.delete(id);
    const { drift } = await platform().service.check(id);
    expect(drift).toMatchObject({ missing: true });
    const run = await platform().perform('reconcile', { resourceId: id });
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [{ action: 'create' }],
    });
    expect(platform().test.things.has(id)).toBe(true);
  });
});

describe('adopt-resource', () => {
  const { platform } = useResources(databases);

  const existing = { id: 'legacy' };
  const input = {
    type: 'database',
    name: 'ledger',
    environment: 'dev',
    owner: 'payments',
    existing,
  };

  beforeEach(() => {
    platform().test.things.set('legacy', {
      size: 'large',
      connections: 50,
      password: 'the one from before',
      valid: new Set(['the one from before']),
      suspended: false,
    });
  });

  it('takes over what is there, as it is, with new credentials', async () => {
    const plan = await platform().plan('adopt', input);
    expect(plan).toMatchObject({
      title: 'Adopt database ledger in dev',
      changes: [
        {
          action: 'keep',
          what: 'database ledger in dev',
          detail: expect.stringContaining('database legacy'),
        },
      ],
    });
    const run = await platform().perform('adopt', input);
    expect(run.failure).toBeUndefined();
    const resource = await platform().service.get(
      String(run.output?.resourceId),
    );
    expect(resource).toMatchObject({
      state: 'ready',
      parameters: { size: 'large', connections: 50 },
    });
    const { password } = await platform().service.reveal(resource.id);
    expect(platform().test.of({ id: 'legacy' })).toMatchObject({
      password,
      connections: 50,
    });
  });

  it('is let go of when it is undone, and stays as it was', async () => {
    platform().test.mishaps = ['refuses'];
    const run = await platform().perform('adopt', input);
    expect(run.state).toBe('failed');
    await platform().runs.undo(run.id, MARA);
    await ended(platform().runs, run.id);
    expect(platform().test.calls).toContain('release ledger');
    expect(platform().test.things.has('legacy')).toBe(true);
    expect(platform().test.calls).not.toContain('destroy ledger');
    const again = await platform().perform('adopt', input);
    expect(again.state).toBe('succeeded');
  });

  it('keeps what was there before when it is destroyed, though it never was ready', async () => {
    platform().test.mishaps = ['half'];
    const run = await platform().perform('adopt', input);
    const resourceId = String(run.steps[0].output?.resourceId);
    await platform().perform('destroy', { resourceId });
    expect(platform().test.calls).toContain('suspend ledger');
    expect(platform().test.calls).not.toContain('destroy ledger');
  });

  it.each([
    [{ existing: { id: 'nothing' } }, 'There is nothing of nothing'],
    [{ existing: { name: 'x' } }, 'id'],
    [{ parameters: { size: 'small' } }, 'parameters: what is adopted stays'],
    [{ name: 'No Name' }, 'name: '],
  ])('refuses %j', async (more, message) => {
    await expect(
      platform().plan('adopt', { ...input, ...more }),
    ).rejects.toThrow(message);
  });
});
