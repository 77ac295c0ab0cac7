import {
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import type { CreateRepositoryRequest } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { archiveOf } from './__fixtures__/archiveOf';
import { runGitClient } from './__fixtures__/runGitClient';
import { as, startForge, type RunningForge } from './__fixtures__/startForge';
import { waitFor } from './__fixtures__/waitFor';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const FILES = {
  'README.md': '# Shop\n',
  'bin/run "it".sh': { mode: 0o755, type: 'File' as const, size: 0 },
  'src/index.js': 'console.log(1);\n',
  'src/übung.txt': 'ä\n',
  'src/logo.bin': 'a\0b',
  'link.md': {
    type: 'SymbolicLink' as const,
    linkpath: 'src/index.js',
    size: 0,
  },
  'large.txt': 'x'.repeat(1024 * 1024 + 1),
};

describe('repositories', () => {
  let knex: Knex;
  let running: RunningForge;
  let platformFails = false;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    running = await startForge({
      knex,
      onPush: async () => {
        if (platformFails) {
          throw new Error('not now');
        }
      },
    });
  });

  afterAll(async () => {
    await running.stop();
  });

  afterEach(() => {
    platformFails = false;
    running.events.length = 0;
    running.pushes.length = 0;
  });

  function create(
    request: Partial<CreateRepositoryRequest>,
    archive: Uint8Array = archiveOf(FILES),
    person = 'mara',
  ) {
    return running.client.createRepository(
      {
        name: 'shop',
        description: 'Sells things',
        owner: 'group:default/payments',
        ...request,
      },
      archive,
      as(person),
    );
  }

  async function refusal(promise: Promise<unknown>): Promise<string> {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!ResponseError.is(error)) {
      throw new Error(`Expected a refusal, got ${error}`);
    }
    return `${error.statusCode} ${error.cause.message}`;
  }

  async function onDisk(): Promise<string[]> {
    const names = await readdir(running.directory);
    const building = await readdir(path.join(running.directory, '.new'));
    return [...names.filter(name => name.endsWith('.git')), ...building].sort();
  }

  it('creates one with its first commit, delivers that, and shows what is in it', async () => {
    const created = await create({ message: 'Start the shop' });
    expect(running.pushes).toEqual([
      expect.objectContaining({
        branch: 'main',
        sha: created.head?.sha,
        pushedBy: 'user:default/mara',
      }),
    ]);
    expect(running.events).toContainEqual({
      repository: 'shop',
      action: 'created',
    });
    expect(created).toEqual({
      name: 'shop',
      description: 'Sells things',
      owner: 'group:default/payments',
      defaultBranch: 'main',
      cloneUrl: 'http://portal.example.com/git/shop.git',
      webUrl: 'http://portal.example.com/repositories/shop',
      createdAt: expect.any(String),
      head: {
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        title: 'Start the shop',
        authorName: 'Mara Lindt',
        authorEmail: 'mara@example.com',
        authoredAt: expect.any(String),
      },
    });

    const { client } = running;
    const service = {
      token: mockCredentials.service.token({
        onBehalfOf: mockCredentials.service('plugin:catalog'),
        targetPluginId: 'platform',
      }),
    };
    expect(await client.listRepositories(service)).toEqual([created]);
    expect(await client.getRepository('shop', as('zed'))).toEqual(created);
    const tree = await client.getTree('shop', 'main', '', service);
    expect(tree.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'directory bin',
      'directory src',
      'file large.txt',
      'file link.md',
      'file README.md',
    ]);
    expect(await client.getTree('shop', 'main', 'src', service)).toContainEqual(
      { name: 'übung.txt', path: 'src/übung.txt', type: 'file', size: 3 },
    );
    const file = (name: string) =>
      client.getFile('shop', created.head?.sha ?? '', name, service);
    expect(await file('src/übung.txt')).toEqual({
      path: 'src/übung.txt',
      size: 3,
      text: 'ä\n',
    });
    expect(await file('src/logo.bin')).toEqual({
      path: 'src/logo.bin',
      size: 3,
    });
    expect(await file('large.txt')).toEqual({
      path: 'large.txt',
      size: 1024 * 1024 + 1,
    });
    expect(await refusal(file('bin'))).toMatch(/^404 .*has no file "bin"/);
  });

  it('shows commits and what they changed', async () => {
    await create({ name: 'story' });
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
    await create({ name: 'safe' });
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

  it("refuses names, owners and callers that won't do, and leaves nothing behind", async () => {
    await create({ name: 'taken' });
    const before = await onDisk();
    expect(await refusal(create({ name: 'No' }))).toMatch(
      /^400 "No" can't name a repository\. Use lower-case letters/,
    );
    expect(await refusal(create({ name: 'taken' }))).toBe(
      '409 The name "taken" is taken by a repository of group:default/payments. Choose another name, for example "taken-2".',
    );
    expect(await refusal(create({ name: 'ledger' }))).toMatch(
      /^409 The name "ledger" is taken by a component in the catalog\./,
    );
    expect(
      await refusal(create({ name: 'new', owner: 'group:default/nobody' })),
    ).toMatch(/^400 There is no team group:default\/nobody\./);
    expect(
      await refusal(create({ name: 'new', owner: 'user:default/mara' })),
    ).toMatch(/^400 "user:default\/mara" can't own a repository\./);
    expect(
      await refusal(create({ name: 'new', owner: 'group:default/checkout' })),
    ).toBe(
      "403 You don't belong to group:default/checkout, so it can't own what you create. Choose one of your teams: group:default/commerce, group:default/payments.",
    );
    expect(await refusal(create({ name: 'new' }, undefined, 'zed'))).toMatch(
      /^403 .*You belong to no team\.$/,
    );
    expect(await onDisk()).toEqual(before);

    const viaParent = await create({ name: 'wide', owner: 'commerce' });
    expect(viaParent.owner).toBe('group:default/commerce');
    expect(viaParent.head?.authorEmail).toBe('mara@example.com');
    const ivo = await create({ name: 'narrow' }, undefined, 'ivo');
    expect(ivo.head).toMatchObject({
      authorName: 'ivo',
      authorEmail: 'ivo@noreply.portal.example.com',
    });
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /has no body/],
    ['no files', archiveOf({}), /can't be read|holds no files/],
    ['no archive', Buffer.from('{"a": 1}'), /can't be read/],
    ['half an archive', archiveOf(FILES).subarray(0, 200), /can't be read/],
    ['an absolute path', archiveOf({ '/etc/passwd': '' }), /absolute path/],
    ['a path out', archiveOf({ 'a/../../b': '' }), /leaves the archive/],
    ["git's own", archiveOf({ 'a/.GIT/config': '' }), /belongs to git itself/],
    ['a link out', link('a/b', '../../c'), /points out of the repository/],
    ['an absolute link', link('a', '/etc'), /points out of the repository/],
    ['a link through a link', link('a', 'b/../../c'), /points out of/],
    ['a link into .git', link('a', '.git/config'), /points out of/],
    [
      'a hard link',
      archiveOf({ a: { type: 'Link', linkpath: '/etc/passwd', size: 0 } }),
      /"a" is a Link\. Only files/,
    ],
    [
      'a file as directory',
      archiveOf({ 'a/b': '', a: '' }),
      /"a" as a file and as a directory/,
    ],
    [
      'too much',
      archiveOf({ a: { type: 'File', size: 200 * 1024 * 1024 } }),
      /files weigh more than 100 MiB/,
    ],
  ])('refuses an archive with %s', async (_what, archive, message) => {
    const before = await onDisk();
    const text = await refusal(create({ name: 'odd' }, archive));
    expect(text).toMatch(/^400 /);
    expect(text).toMatch(message);
    expect(await onDisk()).toEqual(before);
    expect(running.pushes).toEqual([]);
  });

  it('gives a name to one of many who want it at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => create({ name: 'wanted' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    expect((await onDisk()).filter(name => !name.endsWith('.git'))).toEqual([]);
    const { head } = await running.client.getRepository('wanted', as('mara'));
    expect(head?.title).toBe('Create wanted');
  });

  it('creates even while the platform takes no pushes, and delivers later', async () => {
    platformFails = true;
    const created = await create({ name: 'later' });
    expect(running.pushes).toEqual([]);
    platformFails = false;
    await running.maintain();
    await waitFor(() => running.pushes.length === 1);
    expect(running.pushes[0].sha).toBe(created.head?.sha);
  });

  it('deletes one, keeps its directory aside and gives the name free', async () => {
    const created = await create({ name: 'brief' });
    expect(await running.forge.deleteRepository('brief')).toBe(true);
    expect(await running.forge.deleteRepository('brief')).toBe(false);
    expect(running.events).toContainEqual({
      repository: 'brief',
      action: 'deleted',
    });
    expect(
      await refusal(running.client.getRepository('brief', as('mara'))),
    ).toMatch(/^404 There is no repository "brief"/);
    const aside = await readdir(path.join(running.directory, '.deleted'));
    expect(aside).toContainEqual(expect.stringMatching(/^brief-.*\.git$/));
    const again = await create({ name: 'brief' });
    expect(again.createdAt).not.toBe(created.createdAt);
    expect(new Set(running.pushes.map(({ id }) => id)).size).toBe(2);
  });

  it('clears what a crash left of a creation or a deletion', async () => {
    await create({ name: 'gone' });
    const [{ id }] = await knex('repositories').where({ name: 'gone' });
    await rename(
      path.join(running.directory, 'gone.git'),
      path.join(running.directory, '.deleted', `gone-${id}.git`),
    );
    await mkdir(path.join(running.directory, 'stray.git'));
    const young = path.join(running.directory, '.new', 'young');
    const old = path.join(running.directory, '.new', 'old');
    await mkdir(young);
    await mkdir(old);
    await utimes(old, new Date(0), new Date(0));

    await running.maintain();
    const left = await onDisk();
    expect(left).not.toContain('stray.git');
    expect(left).not.toContain('old');
    expect(left).toContain('young');
    await rm(young, { recursive: true });
    await create({ name: 'gone' });
    await create({ name: 'stray' });
  });

  it('keeps access tokens to their person, and few', async () => {
    const { client } = running;
    const created = await client.createAccessToken(
      { name: ' laptop ', expiresInDays: 30 },
      as('noor'),
    );
    expect(created.token).toMatch(/^slw_[\w-]{43}$/);
    const [listed, ...others] = await client.listAccessTokens(as('noor'));
    expect(others).toEqual([]);
    expect(listed).toEqual({
      id: created.id,
      name: 'laptop',
      createdAt: created.createdAt,
      expiresAt: created.expiresAt,
    });
    expect(
      JSON.stringify(await knex('access_tokens').where({ id: created.id })),
    ).not.toContain(created.token);
    expect(await client.listAccessTokens(as('zed'))).toEqual([]);
    expect(
      await refusal(client.revokeAccessToken(created.id, as('zed'))),
    ).toMatch(/^404 You have no such access token/);
    await client.revokeAccessToken(created.id, as('noor'));
    expect(await client.listAccessTokens(as('noor'))).toEqual([]);

    expect(
      await refusal(client.createAccessToken({ name: ' ' }, as('noor'))),
    ).toMatch(/^400 .*Give the token a name/);
    expect(
      await refusal(
        client.createAccessToken({ name: 'x', expiresInDays: 0 }, as('noor')),
      ),
    ).toMatch(/^400 .*expiresInDays/);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.createAccessToken({ name: `${index}` }, as('noor')),
      ),
    );
    expect(
      await refusal(client.createAccessToken({ name: 'more' }, as('noor'))),
    ).toMatch(/^409 You have 20 access tokens/);
    const service = mockCredentials.service.token({
      onBehalfOf: mockCredentials.service('plugin:catalog'),
      targetPluginId: 'platform',
    });
    expect(await refusal(client.listAccessTokens({ token: service }))).toMatch(
      /^403/,
    );
  });
});

function link(name: string, linkpath: string): Uint8Array {
  return archiveOf({ [name]: { type: 'SymbolicLink', linkpath, size: 0 } });
}
