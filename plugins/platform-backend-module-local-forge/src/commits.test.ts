import { TestDatabases } from '@backstage/backend-test-utils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { archiveOf } from './__testUtils__/archiveOf';
import { FILES } from './__testUtils__/files';
import { runGitClient } from './__testUtils__/runGitClient';
import { refusal } from './__testUtils__/refusal';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('views of a repository', () => {
  let knex: Knex;
  let running: RunningForge;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    running = await startForge({ knex });
  });

  afterAll(async () => {
    await running.stop();
  });

  function create(name: string) {
    return running.client.createRepository(
      { name, description: '', owner: 'group:default/payments' },
      archiveOf(FILES),
      as('mara'),
    );
  }

  it('shows commits and what they changed', async () => {
    await create('story');
    const work = await mkdtemp(path.join(tmpdir(), 'clone-'));
    const git = (...args: string[]) => runGitClient(work, ...args);
    await git(
      'clone',
      running.gitUrl('story', await running.tokenOf('mara')),
      '.',
    );
    await git('mv', 'src/index.js', 'src/main.js');
    await git('rm', 'README.md', 'large.txt');
    await git('checkout', '-b', 'topic/one');
    await writeFile(path.join(work, 'src/übung.txt'), 'ä\nö\n');
    await writeFile(path.join(work, 'src/logo.bin'), 'a\0c');
    await writeFile(path.join(work, 'diff --git'), 'diff --git a/x b/x\n');
    await git('add', '--all');
    await git('commit', '-m', 'Change much\n\nFor a reason.');
    await git('push', 'origin', 'topic/one');
    await rm(work, { recursive: true });

    const { client } = running;
    const commits = await client.listCommits('story', 'topic/one', as('mara'));
    expect(commits.map(({ title }) => title)).toEqual([
      'Change much',
      'Create story',
    ]);
    expect(
      await client.listCommits('story', 'topic/one', {
        ...as('mara'),
        limit: 1,
        offset: 1,
      }),
    ).toEqual([commits[1]]);

    const [{ sha: to }, { sha: from }] = commits;
    expect(
      await running.forge.commitsBetween('story', { from, to, limit: 5 }),
    ).toEqual({ items: [commits[0]], total: 1 });
    expect(
      await running.forge.commitsBetween('story', {
        from: to,
        to: from,
        limit: 5,
      }),
    ).toEqual({ items: [], total: 0 });
    await expect(
      running.forge.commitsBetween('story', {
        from: '0'.repeat(40),
        to,
        limit: 5,
      }),
    ).rejects.toThrow('The repository story');

    const detail = await client.getCommit('story', commits[0].sha, as('mara'));
    expect(detail).toMatchObject({
      ...commits[0],
      message: 'Change much\n\nFor a reason.',
      parents: [commits[1].sha],
    });
    const summary = detail.files.map(
      ({ path: name, change, additions, deletions, patch }) =>
        `${change} ${name} +${additions} -${deletions}${patch ? '' : ' no patch'}`,
    );
    expect(summary.sort()).toEqual([
      'added diff --git +1 -0',
      'deleted README.md +0 -1',
      'deleted large.txt +0 -1 no patch',
      'modified src/logo.bin +0 -0 no patch',
      'modified src/übung.txt +1 -0',
      'renamed src/main.js +0 -0',
    ]);
    expect(
      detail.files.find(({ path: name }) => name === 'src/übung.txt')?.patch,
    ).toContain('+ö');
    const first = await client.getCommit('story', commits[1].sha, as('mara'));
    expect(first.parents).toEqual([]);
    expect(first.files).toHaveLength(7);
  });

  it('answers nothing to what is no ref, path or commit', async () => {
    await create('safe');
    const { client } = running;
    const commits = (ref: string) =>
      refusal(client.listCommits('safe', ref, as('mara')));
    for (const ref of [
      '--output=/tmp/x',
      'main..x',
      'a:b',
      'main^',
      '@{-1}',
      '',
    ]) {
      expect(await commits(ref)).toMatch(/^400 .*can't be looked up/);
    }
    expect(await commits('nothing')).toMatch(
      /^404 The repository safe has no branch, tag or commit nothing/,
    );
    for (const file of ['../config', '/etc/passwd', 'a\nb']) {
      expect(
        await refusal(client.getFile('safe', 'main', file, as('mara'))),
      ).toMatch(/^400 .*is not a path in a repository/);
    }
    expect(
      await refusal(client.getTree('safe', 'main', 'nothing', as('mara'))),
    ).toMatch(/^404/);
    expect(
      await refusal(client.getCommit('safe', '--all', as('mara'))),
    ).toMatch(/^400 .*40 hexadecimal digits/);
    expect(
      await refusal(client.getCommit('safe', '0'.repeat(40), as('mara'))),
    ).toMatch(/^404/);
    expect(await refusal(client.getRepository('..', as('mara')))).toMatch(
      /^404/,
    );
    expect(await refusal(client.listRepositories())).toMatch(/^401/);
  });
});
