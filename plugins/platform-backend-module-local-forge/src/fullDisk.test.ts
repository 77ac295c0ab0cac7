import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { archiveOf } from './__testUtils__/archiveOf';
import { refusal } from './__testUtils__/refusal';
import { runGitClient } from './__testUtils__/runGitClient';
import { SmallDisk } from './__testUtils__/SmallDisk';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const small = new SmallDisk(8);
const REMARK =
  /The disk of the portal is full, and nothing was changed\. Ask the platform team to make room, then push again\./g;

(small.isMounted ? describe : describe.skip)('A forge on a full disk', () => {
  let running: RunningForge;
  let work: string;

  beforeAll(async () => {
    work = await mkdtemp(path.join(tmpdir(), 'clone-'));
    running = await startForge({
      knex: await databases.init('POSTGRES_18'),
      directory: small.directory,
      onPush: async () => undefined,
    });
  });

  afterEach(() => small.free());

  afterAll(async () => {
    await running.stop();
    await rm(work, { recursive: true });
    small.remove();
  });

  const git = (...args: string[]) => runGitClient(work, ...args);

  const head = async (clone: string) =>
    (await git('-C', clone, 'rev-parse', 'HEAD')).output.trim();

  const create = (name: string) =>
    running.client.createRepository(
      { name, description: '', owner: 'group:default/payments' },
      archiveOf({ 'README.md': `# ${name}\n` }),
      as('mara'),
    );

  it('creates nothing, says so, and creates it when there is room', async () => {
    small.fill();

    expect(await refusal(create('shop'))).toBe(
      '503 The disk of the portal is full, and nothing was created. Ask the platform team to make room, then try again.',
    );
    await expect(running.client.listRepositories(as('mara'))).resolves.toEqual(
      [],
    );
    expect(
      (await readdir(small.directory)).filter(name => /shop/.test(name)),
    ).toEqual([]);

    small.free();
    await expect(create('shop')).resolves.toMatchObject({ name: 'shop' });
  });

  it.each([
    ['no room at all', 0],
    ['room for a part of it', 512 * 1024],
  ])('refuses a push with %s, and takes it later', async (_what, left) => {
    const name = left === 0 ? 'orders' : 'stock';
    await create(name);
    const clone = path.join(work, name);
    const url = running.gitUrl(name, await running.tokenOf('mara'));
    await git('clone', '--quiet', url, clone);
    await writeFile(path.join(clone, 'data'), randomBytes(1024 * 1024));
    await git('-C', clone, 'add', '--all');
    await git('-C', clone, 'commit', '--quiet', '--message', 'Add data');
    const sha = await head(clone);
    small.fill(left);

    const refused = await git('-C', clone, 'push');

    expect(refused.code).not.toBe(0);
    expect(refused.output.match(REMARK)).toHaveLength(1);
    expect((await git('ls-remote', url)).output).not.toContain(sha);

    small.free();
    const taken = await git('-C', clone, 'push');
    expect(taken.output).not.toMatch(REMARK);
    expect(taken.code).toBe(0);
    await waitFor(() => running.pushes.some(push => push.sha === sha));
  });
});
