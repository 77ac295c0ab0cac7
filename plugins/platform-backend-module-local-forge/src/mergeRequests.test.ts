import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { archiveOf } from './__testUtils__/archiveOf';
import { refusal } from './__testUtils__/refusal';
import { runGitClient } from './__testUtils__/runGitClient';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');
const ivo = as('ivo');
const noor = as('noor');

describe('merge requests', () => {
  let knex: Knex;
  let running: RunningForge;
  let work: string;
  let count = 0;
  let name = '';

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    running = await startForge({ knex, onPush: async () => undefined });
  });

  afterAll(async () => {
    await running.stop();
  });

  beforeEach(async () => {
    work = await mkdtemp(path.join(tmpdir(), 'clone-'));
    count += 1;
    name = `shop-${count}`;
    await running.client.createRepository(
      { name, description: '', owner: 'group:default/payments' },
      archiveOf({ 'README.md': '# Shop\n' }),
      mara,
    );
    const token = await running.tokenOf('mara');
    await git('clone', '--quiet', running.gitUrl(name, token), '.');
    running.pushes.length = 0;
    running.notifications.length = 0;
  });

  afterEach(async () => {
    await rm(work, { recursive: true, force: true });
  });

  async function git(...args: string[]): Promise<string> {
    const { code, output } = await runGitClient(work, ...args);
    if (code !== 0) {
      throw new Error(`git ${args.join(' ')}: ${output}`);
    }
    return output.trim();
  }

  /** Commits a file on a branch and pushes it; answers the commit. */
  async function push(branch: string, file = 'a.txt', text = branch) {
    await git('checkout', '--quiet', '-B', branch);
    await writeFile(path.join(work, file), `${text}\n`);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', `Change ${file}`);
    await git('push', '--quiet', 'origin', branch);
    return git('rev-parse', 'HEAD');
  }

  const open = (sourceBranch: string, title = 'Make it faster') =>
    running.client.openMergeRequest(name, { sourceBranch, title }, mara);

  const place = (number = 1) => ({ repository: name, number });

  const green = (sha: string) =>
    running.forge.setCommitStatus(name, sha, { state: 'succeeded', url: '/' });

  /** Green and approved by another of the team. */
  async function ready(branch: string): Promise<string> {
    const sha = await push(branch);
    const { number } = await open(branch);
    await green(sha);
    await running.client.reviewMergeRequest(
      place(number),
      { verdict: 'approved', sha },
      ivo,
    );
    return sha;
  }

  it('show what a branch would change, and are merged by the owning team once green and approved', async () => {
    const sha = await push('feature/faster');
    const opened = await open('feature/faster');
    expect(opened).toMatchObject({
      number: 1,
      state: 'open',
      sha,
      author: 'user:default/mara',
      commits: [{ sha, title: 'Change a.txt' }],
      files: [{ path: 'a.txt', change: 'added', additions: 1 }],
      canReview: false,
    });
    expect(opened.files[0].patch).toContain('+feature/faster');
    expect(opened.blockers.map(({ kind }) => kind)).toEqual([
      'pipeline',
      'review',
    ]);
    expect(running.notifications).toEqual([
      `group:default/payments but user:default/mara: mara asks for a review of ${name}!1`,
    ]);

    await running.client.commentOnMergeRequest(
      place(),
      { text: 'Why?', path: 'a.txt', line: 1 },
      noor,
    );
    await green(sha);
    const reviewed = await running.client.reviewMergeRequest(
      place(),
      { verdict: 'approved', sha, comment: 'Good.' },
      ivo,
    );
    expect(reviewed.blockers).toEqual([]);
    expect(reviewed.comments).toMatchObject([
      { author: 'user:default/noor', text: 'Why?', path: 'a.txt', line: 1 },
    ]);

    running.pushes.length = 0;
    const merged = await running.client.mergeMergeRequest(
      place(),
      { sha },
      ivo,
    );
    expect(merged).toMatchObject({
      state: 'merged',
      endedBy: 'user:default/ivo',
      sha,
      commits: [{ sha }],
      files: [{ path: 'a.txt' }],
    });
    await git('fetch', '--quiet', '--prune');
    expect(
      await git('branch', '--remotes', '--list', 'origin/*'),
    ).not.toContain('feature');
    expect(
      await git('log', '-1', '--format=%an %ae%n%B', 'origin/main'),
    ).toContain(
      `ivo ivo@noreply.portal.example.com\nMerge branch 'feature/faster' into 'main'\n\nMake it faster\n\nSee merge request ${name}!1`,
    );
    await waitFor(() => running.pushes.length > 0);
    expect(running.pushes).toMatchObject([
      {
        branch: 'main',
        sha: merged.mergeSha,
        pushedBy: 'user:default/ivo',
      },
    ]);
  });

  it('are refused with the reason where one can not be opened', async () => {
    await push('faster');
    expect(await refusal(open('main'))).toContain('400 sourceBranch: main is');
    expect(await refusal(open('gone'))).toContain('no branch "gone"');
    expect(await refusal(open('../../etc'))).toContain('no branch');
    await git('push', '--quiet', 'origin', 'main:empty');
    expect(await refusal(open('empty'))).toContain('has nothing that main');
    await git('checkout', '--quiet', '--orphan', 'stranger');
    await push('stranger');
    expect(await refusal(open('stranger'))).toContain('no commit in common');
    expect(
      await refusal(
        running.client.openMergeRequest(
          name,
          { sourceBranch: 'faster', title: 'x' },
          noor,
        ),
      ),
    ).toContain('403 Only members of group:default/payments');
    expect(await refusal(open('faster', ' '))).toContain('400 title:');
    await open('faster');
    expect(await refusal(open('faster'))).toContain('409 There is an open');
    expect(
      await refusal(running.client.getMergeRequest(place(7), mara)),
    ).toContain(`404 ${name} has no merge request !7`);
  });

  it('want a second pair of eyes, and another look after a push', async () => {
    const sha = await push('faster');
    await open('faster');
    await green(sha);
    const review = (who: { token: string }, at = sha) =>
      running.client.reviewMergeRequest(
        place(),
        { verdict: 'approved', sha: at },
        who,
      );
    expect(await refusal(review(mara))).toContain('403 Nobody reviews');
    expect(await refusal(review(noor))).toContain('403 Only members');
    await review(ivo);
    const newer = await push('faster', 'b.txt');
    await green(newer);
    expect(await refusal(review(ivo))).toContain('409 faster has new commits');
    const merge = (at: string) =>
      running.client.mergeMergeRequest(place(), { sha: at }, mara);
    expect(await refusal(merge(sha))).toContain('409 faster has new commits');
    expect(await refusal(merge(newer))).toContain('409 There are commits');
    await running.client.reviewMergeRequest(
      place(),
      { verdict: 'changes-requested', sha: newer },
      ivo,
    );
    expect(await refusal(merge(newer))).toContain('ivo asked for changes');
    await review(ivo, newer);
    expect((await merge(newer)).state).toBe('merged');
  });

  it('say which files conflict', async () => {
    await ready('faster');
    await git('checkout', '--quiet', 'main');
    await push('main', 'a.txt', 'otherwise');
    const { blockers } = await running.client.getMergeRequest(place(), mara);
    expect(blockers).toEqual([
      {
        kind: 'conflicts',
        message:
          'It conflicts with main in a.txt. Merge main into faster, and push.',
      },
    ]);
  });

  it('are merged once, whoever else merges at the same time', async () => {
    const sha = await ready('faster');
    const merge = () =>
      running.client.mergeMergeRequest(place(), { sha }, mara);
    const outcomes = await Promise.allSettled([merge(), merge(), merge()]);
    expect(
      outcomes.filter(({ status }) => status === 'fulfilled'),
    ).toHaveLength(1);
    await git('fetch', '--quiet');
    expect(
      (await git('log', '--merges', '--format=%H', 'origin/main')).split('\n'),
    ).toHaveLength(1);
  });

  it('follow their branches: merged or deleted by hand they end, and can be opened again with the branch', async () => {
    await push('one', 'one.txt');
    await git('checkout', '--quiet', 'main');
    const two = await push('two', 'two.txt');
    await open('one');
    await open('two');
    const stateOf = async (number: number) =>
      (await running.client.getMergeRequest(place(number), mara)).state;
    await git('push', '--quiet', 'origin', 'one:main');
    await waitFor(async () => (await stateOf(1)) === 'merged');
    await git('push', '--quiet', 'origin', '--delete', 'two');
    await waitFor(async () => (await stateOf(2)) === 'closed');
    const closed = await running.client.getMergeRequest(place(2), mara);
    expect(closed).toMatchObject({ sha: two, files: [{ path: 'two.txt' }] });
    const reopen = () => running.client.reopenMergeRequest(place(2), mara);
    expect(await refusal(reopen())).toContain('no branch "two"');
    await git('push', '--quiet', 'origin', 'two');
    expect((await reopen()).state).toBe('open');
    expect(
      (await running.client.closeMergeRequest(place(2), ivo)).endedBy,
    ).toBe('user:default/ivo');
    expect(
      await running.client.listMergeRequests({ repository: name }, mara),
    ).toHaveLength(2);
    expect(await running.forge.openMergeRequests()).not.toContainEqual(
      expect.objectContaining({ repository: name }),
    );
  });

  it('are the only way into a protected branch', async () => {
    expect(
      await refusal(running.client.protectRepository(name, true, noor)),
    ).toContain('403');
    await running.client.protectRepository(name, true, mara);
    await expect(push('main', 'b.txt')).rejects.toThrow(
      `is protected: push a branch, and open a merge request at http://portal.example.com/repositories/${name}/merge-requests/new`,
    );
    await git('reset', '--quiet', '--hard', 'HEAD~1');
    const sha = await ready('faster');
    const merged = await running.client.mergeMergeRequest(
      place(),
      { sha, keepBranch: true },
      ivo,
    );
    expect(merged.state).toBe('merged');
    expect(
      (await running.client.listBranches(name, mara)).map(each => each.name),
    ).toEqual(['main', 'faster']);
    await running.client.protectRepository(name, false, mara);
    await git('checkout', '--quiet', 'main');
    await git('pull', '--quiet');
    await push('main', 'c.txt');
  });

  it('are told of to whoever pushes a branch', async () => {
    await git('checkout', '--quiet', '-b', 'fix/it');
    await git('commit', '--quiet', '--allow-empty', '--message', 'x');
    expect(await git('push', 'origin', 'fix/it')).toContain(
      `Merge request: http://portal.example.com/repositories/${name}/merge-requests/new?branch=fix/it`,
    );
  });
});
