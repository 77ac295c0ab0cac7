import { TestDatabases } from '@backstage/backend-test-utils';
import { ended } from '../../__testUtils__/runs';
import { MARA } from '../__testUtils__/startResources';
import { useResources } from '../__testUtils__/useResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('rotate-resource', () => {
  const { platform, restart } = useResources(databases);

  /** What services would be let in with now. */
  async function passwordOf(id: string): Promise<string> {
    return (await platform().service.reveal(id)).password;
  }

  it('deploys whoever is connected with new credentials before it revokes the old', async () => {
    const { redeployer, test } = platform();
    const resource = await platform().provision();
    const { id } = resource;
    await platform().connect(resource, 'orders');
    await platform().connect(resource, 'billing');
    const old = await passwordOf(id);
    const validThen: string[][] = [];
    redeployer.onDeploy = () => {
      validThen.push([...test.of({ id }).valid]);
    };
    const run = await platform().perform('rotate', { resourceId: id });
    expect(run).toMatchObject({
      state: 'succeeded',
      title: 'Rotate the credentials of database ledger in dev',
      changes: [
        { what: 'database ledger in dev' },
        { what: 'service billing in dev' },
        { what: 'service orders in dev' },
      ],
    });
    const fresh = await passwordOf(id);
    expect(fresh).not.toBe(old);
    expect(validThen).toEqual([
      [old, fresh],
      [old, fresh],
    ]);
    expect([...test.of({ id }).valid]).toEqual([fresh]);
    expect(redeployer.calls.sort()).toEqual([
      'deploy billing',
      'deploy orders',
    ]);
    const deploys = await platform().runs.list(
      { kind: 'test-deploy' },
      { limit: 5 },
    );
    expect(deploys.items[0]).toMatchObject({
      requestedBy: 'service:default/platform',
    });
    expect(
      JSON.stringify(await platform().runs.log(run.id, 0, 100)),
    ).not.toMatch(new RegExp(`${old}|${fresh}`));
  });

  it('keeps both while a service could not be deployed, and goes on when it is retried', async () => {
    const { redeployer, test } = platform();
    const resource = await platform().provision();
    const { id } = resource;
    await platform().connect(resource, 'orders');
    await platform().connect(resource, 'billing');
    const old = await passwordOf(id);
    redeployer.failures = ['orders'];
    const failed = await platform().perform('rotate', { resourceId: id });
    expect(failed).toMatchObject({
      state: 'failed',
      failure: {
        message: expect.stringMatching(
          /"Deploy orders to dev" .* failed .*Old and new credentials both work/,
        ),
      },
    });
    const fresh = await passwordOf(id);
    expect([...test.of({ id }).valid]).toEqual([old, fresh]);
    await platform().runs.retry(failed.id, MARA);
    expect(await ended(platform().runs, failed.id)).toMatchObject({
      state: 'succeeded',
    });
    expect([...test.of({ id }).valid]).toEqual([fresh]);
    expect(redeployer.calls.sort()).toEqual([
      'deploy billing',
      'deploy orders',
      'deploy orders',
    ]);
  });

  it('leaves alone what does not serve', async () => {
    const { redeployer } = platform();
    const resource = await platform().provision();
    await platform().connect(resource, 'orders');
    redeployer.absent.add('orders');
    const run = await platform().perform('rotate', {
      resourceId: resource.id,
    });
    expect(run.state).toBe('succeeded');
    expect(redeployer.calls).toEqual([]);
  });

  it('issues once, also where the backend dies before it says so', async () => {
    const { test } = platform();
    const { id } = await platform().provision();
    test.mishaps = ['fails after'];
    const run = await platform().perform('rotate', { resourceId: id });
    expect(run.state).toBe('succeeded');
    expect(test.calls).toEqual([
      'apply ledger',
      'issue ledger',
      'issue ledger',
      'revoke ledger',
    ]);
    expect([...test.of({ id }).valid]).toEqual([await passwordOf(id)]);
    expect(await platform().service.get(id)).toMatchObject({ state: 'ready' });
  });

  it('makes secrets readable again whose key is lost', async () => {
    const { id } = await platform().provision();
    await restart({ encryptionKey: 'another key, which is long enough too' });
    await expect(passwordOf(id)).rejects.toThrow(
      /secrets of ledger.*can't be read.*platform.previousEncryptionKeys.*rotate/,
    );
    const changed = await platform().perform('change', { resourceId: id });
    expect(changed).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringContaining('rotate the credentials') },
    });
    const run = await platform().perform('rotate', { resourceId: id });
    expect(run.state).toBe('succeeded');
    expect([...platform().test.of({ id }).valid]).toEqual([
      await passwordOf(id),
    ]);
  });

  it('destroys what can not be read', async () => {
    const { id } = await platform().provision();
    await restart({ encryptionKey: 'another key, which is long enough too' });
    const run = await platform().perform('destroy', { resourceId: id });
    expect(run.state).toBe('succeeded');
  });
});
