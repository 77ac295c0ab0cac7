import { TestDatabases } from '@backstage/backend-test-utils';
import { ended } from '../../__testUtils__/runs';
import { MARA } from '../__testUtils__/startResources';
import { useResources } from '../__testUtils__/useResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const HOUR_MS = 60 * 60_000;

describe('destroying, restoring and purging', () => {
  const { platform } = useResources(databases);

  it('takes access, gives it back with all that was in it, and purges it for good', async () => {
    const { service, test } = platform();
    const { id } = await platform().provision();
    const destroyed = await platform().perform('destroy', { resourceId: id });
    expect(destroyed).toMatchObject({
      state: 'succeeded',
      title: 'Destroy database ledger in dev',
      changes: [
        {
          action: 'remove',
          detail: 'kept for 7 days, and can be restored until then',
        },
      ],
    });
    const deleted = await service.get(id);
    expect(deleted).toMatchObject({ state: 'deleted' });
    expect(Date.parse(deleted.purgeAt!) - Date.parse(deleted.deletedAt!)).toBe(
      7 * 24 * HOUR_MS,
    );
    expect(test.of({ id }).suspended).toBe(true);
    await expect(service.reveal(id)).rejects.toThrow('nothing lets in');

    const restored = await platform().perform('restore', { resourceId: id });
    expect(restored.state).toBe('succeeded');
    expect(test.of({ id }).suspended).toBe(false);
    const ready = await service.get(id);
    expect(ready.state).toBe('ready');
    expect([ready.deletedAt, ready.purgeAt]).toEqual([undefined, undefined]);

    await platform().perform('destroy', { resourceId: id });
    const purged = await platform().perform('purge', { resourceId: id });
    expect(purged).toMatchObject({
      state: 'succeeded',
      changes: [{ action: 'remove', dataLoss: expect.any(String) }],
    });
    expect(test.things.size).toBe(0);
    expect(await service.get(id)).toMatchObject({
      state: 'destroyed',
      outputs: [],
    });
    expect((await service.list({}, { limit: 5 })).items).toEqual([]);
    const all = await service.list({ state: ['destroyed'] }, { limit: 5 });
    expect(all.items).toHaveLength(1);
  });

  it('is refused while services use it, and takes them along where that is asked for', async () => {
    const { redeployer, service } = platform();
    const resource = await platform().provision();
    await platform().connect(resource, 'orders');
    await platform().connect(resource, 'billing');
    const input = { resourceId: resource.id };
    await expect(platform().start('destroy', input)).rejects.toThrow(
      'database ledger in dev is used by billing, orders.',
    );
    const run = await platform().perform('destroy', {
      ...input,
      withConnected: true,
    });
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [
        { action: 'remove', what: 'service billing in dev' },
        { action: 'remove', what: 'service orders in dev' },
        { action: 'remove', what: 'database ledger in dev' },
      ],
    });
    expect(redeployer.calls).toEqual(['take down billing', 'take down orders']);
    expect((await service.get(resource.id)).connections).toEqual([]);
  });

  it('is refused where a service was connected after it was planned', async () => {
    const { service } = platform();
    const resource = await platform().provision();
    const held = await platform().start(
      'destroy',
      { resourceId: resource.id },
      { hold: true },
    );
    await platform().connect(resource, 'orders');
    await platform().runs.startPlanned(held.id, MARA);
    expect(await ended(platform().runs, held.id)).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringContaining('is used by orders') },
    });
    expect((await service.get(resource.id)).state).toBe('ready');
  });

  it('frees the name, which then keeps the old one from being restored and not from being purged', async () => {
    const { service, test } = platform();
    const old = await platform().provision();
    await platform().perform('destroy', { resourceId: old.id });
    const next = await platform().provision();
    expect(next.id).not.toBe(old.id);
    await expect(
      platform().start('restore', { resourceId: old.id }),
    ).rejects.toThrow('"ledger" is taken in dev by a database of payments');
    const purged = await platform().perform('purge', { resourceId: old.id });
    expect(purged.state).toBe('succeeded');
    expect([...test.things.keys()]).toEqual([next.id]);
    expect((await service.get(next.id)).state).toBe('ready');
  });

  it('does not restore where the name was taken after it was planned', async () => {
    const old = await platform().provision();
    await platform().perform('destroy', { resourceId: old.id });
    const held = await platform().start(
      'restore',
      { resourceId: old.id },
      { hold: true },
    );
    await platform().provision();
    await platform().runs.startPlanned(held.id, MARA);
    expect(await ended(platform().runs, held.id)).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringContaining('is taken in dev') },
    });
  });

  it('goes on where it failed halfway', async () => {
    const { service, test } = platform();
    const { id } = await platform().provision();
    test.mishaps = ['refuses'];
    const run = await platform().perform('destroy', { resourceId: id });
    expect(run.state).toBe('failed');
    await platform().runs.retry(run.id, MARA);
    expect(await ended(platform().runs, run.id)).toMatchObject({
      state: 'succeeded',
    });
    expect((await service.get(id)).state).toBe('deleted');
  });

  it('keeps nothing of what was never ready', async () => {
    const { service, test } = platform();
    test.mishaps = ['refuses'];
    const failed = await platform().perform('provision', {
      type: 'database',
      name: 'ledger',
      environment: 'dev',
      owner: 'payments',
    });
    const id = String(failed.steps[0].output?.resourceId);
    const run = await platform().perform('destroy', { resourceId: id });
    expect(run.state).toBe('succeeded');
    expect(test.calls).toEqual(['apply ledger', 'destroy ledger']);
    expect((await service.get(id)).state).toBe('destroyed');
  });

  it('says what it would have to be', async () => {
    const { id } = await platform().provision();
    for (const [kind, message] of [
      ['restore', `is ready, and can't be restored. It has to be deleted`],
      ['purge', `is ready, and can't be purged. It has to be deleted`],
    ] as const) {
      await expect(platform().start(kind, { resourceId: id })).rejects.toThrow(
        message,
      );
    }
    await platform().perform('destroy', { resourceId: id });
    for (const kind of ['destroy', 'change', 'rotate', 'reconcile'] as const) {
      await expect(platform().start(kind, { resourceId: id })).rejects.toThrow(
        'Restore it first.',
      );
    }
  });
});

describe('extend-resource', () => {
  const { platform } = useResources(databases);
  const later = (milliseconds: number) =>
    new Date(Date.now() + milliseconds).toISOString();

  it('lets it expire later, within what its definition allows', async () => {
    const { service } = platform();
    const { id, expiresAt, runId } = await platform().provision({
      class: 'brief',
      timeToLiveMs: HOUR_MS,
    });
    const until = later(2 * HOUR_MS);
    const input = { resourceId: id, until };
    const run = await platform().perform('extend', input);
    expect(run).toMatchObject({
      state: 'succeeded',
      changes: [
        {
          action: 'change',
          fields: [{ field: 'expiresAt', from: expiresAt, to: until }],
        },
      ],
    });
    const extended = await service.get(id);
    expect(extended).toMatchObject({ expiresAt: until, state: 'ready', runId });
    for (const [bad, message] of [
      [later(HOUR_MS), 'is no later than'],
      [later(31 * 24 * HOUR_MS), '30 days from now at most'],
      ['tomorrow', 'Give a time'],
    ]) {
      await expect(
        platform().start('extend', { resourceId: id, until: bad }),
      ).rejects.toThrow(message);
    }
  });

  it('has nothing to extend for what lives for ever', async () => {
    const { id } = await platform().provision();
    await expect(
      platform().start('extend', { resourceId: id, until: later(HOUR_MS) }),
    ).rejects.toThrow('lives for ever');
  });
});
