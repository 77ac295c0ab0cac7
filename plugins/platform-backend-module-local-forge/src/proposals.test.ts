import { TestDatabases } from '@backstage/backend-test-utils';
import { PLATFORM_ACTOR } from '@slipway/plugin-platform-common';
import type { ProposedChange } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { archiveOf } from './__testUtils__/archiveOf';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');
const PAYMENTS = 'group:default/payments';
const MARA = 'user:default/mara';

describe('what the platform proposes', () => {
  let knex: Knex;
  let running: RunningForge;
  let count = 0;
  let change: ProposedChange;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    running = await startForge({ knex, onPush: async () => undefined });
  });

  afterAll(() => running.stop());

  beforeEach(async () => {
    count += 1;
    const name = `stock-${count}`;
    await running.client.createRepository(
      { name, description: '', owner: PAYMENTS },
      archiveOf({ 'README.md': '# Stock\n', 'owner.txt': 'payments\n' }),
      mara,
    );
    change = {
      repository: name,
      branch: 'ownership-1',
      title: 'Let growth own it',
      description: 'Both agreed.',
      author: MARA,
      files: [{ path: 'owner.txt', text: 'growth\n' }],
    };
    running.pushes.length = 0;
  });

  const merge = (sha: string) =>
    running.forge.mergeAgreed(change.repository, 1, { by: MARA, sha });

  const head = async () =>
    (await running.forge.branches(change.repository)).get('main') ?? '';

  it('is a merge request of one commit, opened once, which the platform has pushed', async () => {
    const proposed = await running.forge.proposeChange(change);
    expect(proposed).toMatchObject({
      number: 1,
      state: 'open',
      sourceBranch: 'ownership-1',
      author: MARA,
    });
    const again = await running.forge.proposeChange(change);
    expect([again.number, again.sha]).toEqual([1, proposed.sha]);
    const found = await running.forge.findMergeRequest(change.repository, 1);
    expect(found).toMatchObject({
      commits: [{ sha: proposed.sha, title: 'Let growth own it' }],
      files: [{ path: 'owner.txt', additions: 1, deletions: 1 }],
    });
    await waitFor(() => running.pushes.length > 0);
    expect(running.pushes).toMatchObject([
      { branch: 'ownership-1', sha: proposed.sha, pushedBy: PLATFORM_ACTOR },
    ]);
  });

  it('is merged once green, without a review, and merging it again changes nothing', async () => {
    const { sha } = await running.forge.proposeChange(change);
    await expect(merge(sha)).rejects.toThrow('has no pipeline yet');
    await running.forge.setCommitStatus(change.repository, sha, {
      state: 'succeeded',
      url: '/',
    });
    await expect(merge('0'.repeat(40))).rejects.toThrow('has new commits');
    await merge(sha);
    const merged = await head();
    expect(
      await running.forge.readFile(change.repository, merged, 'owner.txt'),
    ).toBe('growth\n');
    expect(
      await running.forge.readFile(change.repository, merged, 'README.md'),
    ).toBe('# Stock\n');
    await merge(sha);
    expect(await head()).toBe(merged);
  });

  it('is closed as long as it is open, and knows nothing of what is not there', async () => {
    const { forge } = running;
    await forge.proposeChange(change);
    for (let time = 0; time < 2; time += 1) {
      await forge.closeMergeRequest(change.repository, 1, { by: MARA });
    }
    expect(await forge.findMergeRequest(change.repository, 1)).toMatchObject({
      state: 'closed',
    });
    expect(await forge.findMergeRequest(change.repository, 2)).toBeUndefined();
    expect(await forge.findMergeRequest('nothing', 1)).toBeUndefined();
    await expect(
      forge.proposeChange({ ...change, repository: 'nothing' }),
    ).rejects.toThrow('There is no repository "nothing".');
  });

  it('gives a repository to another team, and with it who may push', async () => {
    const { forge } = running;
    expect(
      await forge.setOwner(change.repository, 'group:default/growth'),
    ).toBe(true);
    expect(await forge.findRepository(change.repository)).toMatchObject({
      owner: 'group:default/growth',
    });
    expect(await forge.setOwner('nothing', PAYMENTS)).toBe(false);
  });
});
