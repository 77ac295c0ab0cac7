import { randomBytes } from 'node:crypto';
import {
  mkdir,
  readdir,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { CreateRepositoryRequest } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { archiveOf } from './__testUtils__/archiveOf';
import { FILES } from './__testUtils__/files';
import { refusal } from './__testUtils__/refusal';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

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
      'too much to send',
      randomBytes(30 * 1024 * 1024),
      /It weighs more than 20 MiB/,
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

  describe('for a run', () => {
    const request = (name: string) => ({
      name,
      description: 'Sells things',
      owner: 'group:default/payments',
      createdBy: 'user:default/mara',
      message: `Create ${name}\n\nSlipway-Run: 1`,
      archive: path.join(running.directory, 'archive.tgz'),
    });
    const under = (idempotencyKey: string) => ({
      idempotencyKey,
      signal: new AbortController().signal,
      log: () => undefined,
    });

    beforeAll(() =>
      writeFile(path.join(running.directory, 'archive.tgz'), archiveOf(FILES)),
    );

    it('creates one once, however often and from wherever it is asked under one key', async () => {
      const { forge } = running;
      const [first, second] = await Promise.all([
        forge.createRepository(request('steady'), under('run-1')),
        forge.createRepository(request('steady'), under('run-1')),
      ]);
      const again = await forge.createRepository(
        { ...request('steady'), archive: '/nowhere' },
        under('run-1'),
      );
      expect(second).toEqual(first);
      expect(again).toEqual(first);
      const { sha } = first.head!;
      expect(
        (await running.client.getCommit('steady', sha, as('mara'))).message,
      ).toBe('Create steady\n\nSlipway-Run: 1');
      expect(new Set(running.pushes.map(({ id }) => id)).size).toBe(1);
      await expect(
        forge.createRepository(request('steady'), under('run-2')),
      ).rejects.toThrow('The name "steady" is taken');
    });

    it('delivers again what a crash kept from being told', async () => {
      platformFails = true;
      await running.forge.createRepository(request('hushed'), under('run-3'));
      expect(running.pushes).toEqual([]);
      platformFails = false;
      await running.forge.createRepository(request('hushed'), under('run-3'));
      expect(running.pushes).toHaveLength(1);
    });

    it('deletes what was created under a key, and nothing of that name by anybody else', async () => {
      const { forge } = running;
      await forge.createRepository(request('owned'), under('run-4'));
      const others = { createdUnder: 'run-5' };
      expect(await forge.deleteRepository('owned', others)).toBe(false);
      expect(await forge.findRepository('owned')).toBeDefined();
      const own = { createdUnder: 'run-4' };
      expect(await forge.deleteRepository('owned', own)).toBe(true);
      expect(running.events).toContainEqual({
        repository: 'owned',
        action: 'deleted',
      });
      await create({ name: 'owned' });
      expect(await forge.deleteRepository('owned', own)).toBe(false);
      expect(await forge.findRepository('owned')).toBeDefined();
    });
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
});

function link(name: string, linkpath: string): Uint8Array {
  return archiveOf({ [name]: { type: 'SymbolicLink', linkpath, size: 0 } });
}
