import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Push } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { archiveOf } from './__testUtils__/archiveOf';
import { runGitClient } from './__testUtils__/runGitClient';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('git over HTTP', () => {
  let knex: Knex;
  let running: RunningForge;
  let work: string;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    running = await startForge({
      knex,
      onPush: async () => undefined,
      config: { maximumPackBytes: 2 * 1024 * 1024 },
    });
  });

  afterAll(async () => {
    await running.stop();
  });

  beforeEach(async () => {
    work = await mkdtemp(path.join(tmpdir(), 'clone-'));
    running.pushes.length = 0;
    running.events.length = 0;
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

  async function createAndClone(name: string, person = 'mara') {
    await running.client.createRepository(
      { name, description: '', owner: 'group:default/payments' },
      archiveOf({ 'README.md': `# ${name}\n` }),
      as('mara'),
    );
    const token = await running.tokenOf(person);
    await git('clone', '--quiet', running.gitUrl(name, token), '.');
    running.pushes.length = 0;
    running.events.length = 0;
    return token;
  }

  async function commit(file: string, text: string | Buffer): Promise<string> {
    await writeFile(path.join(work, file), text);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', `Change ${file}`);
    return git('rev-parse', 'HEAD');
  }

  function pushOf(sha: string): Push | undefined {
    return running.pushes.find(push => push.sha === sha);
  }

  it('serves a clone, takes a push, says where to watch it and hands it to the platform', async () => {
    await createAndClone('shop');
    expect(await readFile(path.join(work, 'README.md'), 'utf8')).toBe(
      '# shop\n',
    );

    const sha = await commit('index.js', 'console.log(1);\n');
    const output = await git('push');
    expect(output).toContain(
      'remote: Pipelines: http://portal.example.com/catalog/default/component/shop/pipelines',
    );
    await waitFor(() => pushOf(sha) !== undefined);
    expect(running.pushes).toEqual([
      expect.objectContaining({
        branch: 'main',
        sha,
        pushedBy: 'user:default/mara',
        repository: expect.objectContaining({
          name: 'shop',
          owner: 'group:default/payments',
          cloneUrl: 'http://portal.example.com/git/shop.git',
          head: expect.objectContaining({ sha, title: 'Change index.js' }),
        }),
      }),
    ]);
    expect(running.events).toEqual([{ repository: 'shop', action: 'pushed' }]);
    await waitFor(async () => {
      const journal = path.join(running.directory, 'shop.git', 'pushes');
      return (await readdir(journal)).length === 0;
    });

    // Larger than git's buffer, so that it is sent in chunks.
    const large = await commit('data', randomBytes(1_500_000));
    await git('push');
    await git('fetch');
    expect(await git('rev-parse', 'origin/main')).toBe(large);
  });

  it('lets every person read, and only the owning team push', async () => {
    await createAndClone('orders', 'noor');
    await commit('index.js', 'console.log(2);\n');
    const refused = await runGitClient(work, 'push');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain(
      'Only members of group:default/payments may push to orders, and user:default/noor is not one.',
    );

    const token = await running.tokenOf('ivo');
    await git('push', running.gitUrl('orders', token), 'HEAD:main');
    await waitFor(() => running.pushes.length === 1);
    expect(running.pushes[0].pushedBy).toBe('user:default/ivo');
  });

  it('refuses whoever has no valid access token, and says what would do', async () => {
    const token = await createAndClone('stock');
    const clone = async (password?: string) => {
      const target = path.join(work, 'again');
      const result = await runGitClient(
        work,
        'clone',
        running.gitUrl('stock', password),
        target,
      );
      expect(result.code).not.toBe(0);
      return result.output;
    };

    const response = await fetch(
      `${running.gitUrl('stock')}/info/refs?service=git-upload-pack`,
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
    expect(await response.text()).toContain(
      'Make one at http://portal.example.com/settings/access-tokens',
    );

    expect(await clone()).toMatch(/terminal prompts disabled|Authentication/);
    expect(await clone('slw_wrong')).toContain(
      'remote: This access token is not known.',
    );

    await knex('access_tokens').update({ expires_at: new Date(0) });
    expect(await clone(token)).toMatch(
      /remote: This access token "[^"]+" expired on 1970-01-01\./,
    );
    await knex('access_tokens').update({ expires_at: null });

    const [{ id, lastUsedAt }] = await running.client.listAccessTokens(
      as('mara'),
    );
    expect(lastUsedAt).toBeDefined();
    await running.client.revokeAccessToken(id, as('mara'));
    expect(await clone(token)).toMatch(
      /remote: This access token "[^"]+" was revoked\./,
    );
    await commit('index.js', '');
    const push = await runGitClient(work, 'push');
    expect(push.output).toContain('was revoked');

    const other = await running.tokenOf('mara');
    const missing = await runGitClient(
      work,
      'clone',
      running.gitUrl('missing', other),
      'missing',
    );
    expect(missing.output).toContain('There is no repository "missing".');
    const page = await fetch(`${running.gitUrl('stock')}/HEAD`);
    expect(page.status).toBe(404);
  });

  it('keeps the history of main, and lets other branches be rewritten and deleted', async () => {
    await createAndClone('billing');
    await commit('a', '1');
    const second = await commit('a', '2');
    await git('push');
    await waitFor(() => pushOf(second) !== undefined);

    await git('reset', '--hard', '--quiet', 'HEAD~1');
    const rewritten = await commit('a', '3');
    const forced = await runGitClient(work, 'push', '--force');
    expect(forced.code).not.toBe(0);
    expect(forced.output).toContain("The history of main can't be rewritten");
    const deleted = await runGitClient(work, 'push', 'origin', ':main');
    expect(deleted.code).not.toBe(0);
    expect(deleted.output).toContain("The branch main can't be deleted");
    const strange = await runGitClient(
      work,
      'push',
      'origin',
      'HEAD:refs/strange/x',
    );
    expect(strange.output).toContain('Only branches and tags can be pushed');

    await git('push', 'origin', 'HEAD:feature/x');
    await waitFor(() => pushOf(rewritten) !== undefined);
    expect(pushOf(rewritten)?.branch).toBe('feature/x');
    await git('push', '--force', 'origin', 'HEAD~1:feature/x');
    await waitFor(() => running.pushes.length === 3);
    await git('push', 'origin', ':feature/x');
    await git('push', 'origin', 'HEAD:feature/x');
    await waitFor(() => running.pushes.length === 4);

    const ids = running.pushes.map(push => push.id);
    expect(new Set(ids).size).toBe(4);
    expect(running.pushes.map(push => push.branch)).toEqual([
      'main',
      'feature/x',
      'feature/x',
      'feature/x',
    ]);
    const repository = await running.client.getRepository(
      'billing',
      as('mara'),
    );
    expect(repository.head?.sha).toBe(second);
  });

  it('refuses a pack that is too large', async () => {
    await createAndClone('media');
    await commit('film', randomBytes(4 * 1024 * 1024));
    const { code, output } = await runGitClient(work, 'push');
    expect(code).not.toBe(0);
    expect(output).toMatch(/pack exceeds maximum allowed size/);
    expect(running.pushes).toEqual([]);
  });

  it('takes pushes of many people at once', async () => {
    const token = await createAndClone('busy');
    const shas: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      shas.push(await commit(`file-${index}`, `${index}`));
    }
    const results = await Promise.all(
      shas.map((sha, index) =>
        runGitClient(
          work,
          'push',
          running.gitUrl('busy', token),
          `${sha}:refs/heads/branch-${index}`,
        ),
      ),
    );
    expect(results.map(({ code }) => code)).toEqual(shas.map(() => 0));
    await waitFor(() => running.pushes.length === 8);
    expect(running.pushes.map(push => push.sha).sort()).toEqual(
      [...shas].sort(),
    );
  });

  it('checks a commit out, free of links and credentials', async () => {
    await createAndClone('catalog-sync');
    const sha = await commit('run.sh', 'echo hello\n');
    await git('push', 'origin', 'HEAD:topic');
    await git('push', 'origin', ':topic');
    const target = path.join(work, 'checkout');
    await running.forge.checkout({
      repository: 'catalog-sync',
      sha,
      branch: 'topic',
      directory: target,
    });
    expect(await git('-C', target, 'rev-parse', 'HEAD')).toBe(sha);
    expect(await git('-C', target, 'branch', '--show-current')).toBe('topic');
    expect(await git('-C', target, 'status', '--porcelain')).toBe('');
    expect(await git('-C', target, 'remote', 'get-url', 'origin')).toBe(
      'http://portal.example.com/git/catalog-sync.git',
    );
    expect(await running.forge.readFile('catalog-sync', sha, 'run.sh')).toBe(
      'echo hello\n',
    );
    expect(
      await running.forge.readFile('catalog-sync', sha, 'nothing'),
    ).toBeUndefined();
    await expect(
      running.forge.getCommit('catalog-sync', '0'.repeat(40)),
    ).rejects.toThrow('has no branch, tag or commit');
  });
});
