import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
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

describe('delivery of pushes', () => {
  let knex: Knex;
  let directory: string;
  let work: string;
  const started: RunningForge[] = [];

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
    directory = await mkdtemp(path.join(tmpdir(), 'forge-'));
    work = await mkdtemp(path.join(tmpdir(), 'clone-'));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map(running => running.stop()));
    await rm(directory, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  });

  async function start(
    onPush?: (push: Push) => Promise<void>,
  ): Promise<RunningForge> {
    const running = await startForge({ knex, directory, onPush });
    started.push(running);
    return running;
  }

  async function create(running: RunningForge): Promise<string> {
    const { head } = await running.client.createRepository(
      { name: 'shop', description: '', owner: 'group:default/payments' },
      archiveOf({ 'README.md': '' }),
      as('mara'),
    );
    return head?.sha ?? '';
  }

  async function push(
    running: RunningForge,
    person: string,
    branch: string,
  ): Promise<string> {
    const url = running.gitUrl('shop', await running.tokenOf(person));
    const clone = path.join(work, `${person}-${branch}`);
    await runGitClient(work, 'clone', '--quiet', url, clone);
    await writeFile(path.join(clone, branch), person);
    await runGitClient(clone, 'add', '--all');
    await runGitClient(clone, 'commit', '--quiet', '--message', branch);
    const pushed = await runGitClient(clone, 'push', url, `HEAD:${branch}`);
    expect(pushed.output).toContain('Pipelines: ');
    const head = await runGitClient(clone, 'rev-parse', 'HEAD');
    return head.output.trim();
  }

  it('happens after a crash, with whoever pushed', async () => {
    const crashing = await start();
    const first = await create(crashing);
    const byIvo = await push(crashing, 'ivo', 'topic');
    const byMara = await push(crashing, 'mara', 'other');
    await crashing.stop();

    const restarted = await start(async () => undefined);
    await waitFor(() => restarted.pushes.length === 3);
    expect(
      restarted.pushes.map(({ branch, sha, pushedBy }) => ({
        branch,
        sha,
        pushedBy,
      })),
    ).toEqual(
      expect.arrayContaining([
        { branch: 'main', sha: first, pushedBy: 'user:default/mara' },
        { branch: 'topic', sha: byIvo, pushedBy: 'user:default/ivo' },
        { branch: 'other', sha: byMara, pushedBy: 'user:default/mara' },
      ]),
    );
    await restarted.maintain();
    expect(restarted.pushes).toHaveLength(3);
  });

  it('is repeated under the same id until it succeeds, and merges what came meanwhile', async () => {
    const attempts: Push[] = [];
    const failing = await start(async attempt => {
      attempts.push(attempt);
      throw new Error('the database is away');
    });
    const first = await create(failing);
    await failing.maintain();
    expect(attempts.map(({ sha }) => sha)).toEqual([first, first]);
    expect(attempts[1].id).toBe(attempts[0].id);
    const second = await push(failing, 'ivo', 'main');
    await failing.stop();

    const restarted = await start(async () => undefined);
    await waitFor(() => restarted.pushes.length > 0);
    expect(restarted.pushes).toEqual([
      expect.objectContaining({ sha: second, pushedBy: 'user:default/ivo' }),
    ]);
    expect(restarted.pushes[0].id).not.toBe(attempts[0].id);
    await restarted.maintain();
    expect(restarted.pushes).toHaveLength(1);
  });

  it('happens for a branch that moved in no way the journal knows', async () => {
    const running = await start(async () => undefined);
    const sha = await create(running);
    await runGitClient(
      path.join(directory, 'shop.git'),
      'update-ref',
      'refs/heads/found',
      sha,
    );
    await running.maintain();
    expect(running.pushes.at(-1)).toMatchObject({
      branch: 'found',
      sha,
      pushedBy: 'user:default/mara',
    });
  });

  it('hands a push over once while two backends share the work', async () => {
    const seen = new Set<string>();
    const note = async ({ id }: Push) => {
      seen.add(id);
    };
    const one = await start(note);
    const other = await start(note);
    await create(one);
    await push(other, 'ivo', 'main');
    await Promise.all([one.maintain(), other.maintain()]);
    await waitFor(() => seen.size === 2);
    await Promise.all([one.maintain(), other.maintain()]);
    expect(seen.size).toBe(2);
  });

  it('is not held up by a client that goes away in the middle of a push', async () => {
    const running = await start(async () => undefined);
    await create(running);
    const token = await running.tokenOf('mara');
    await new Promise<void>(resolve => {
      const { port } = new URL(running.url);
      const upload = httpRequest({
        port,
        method: 'POST',
        path: '/git/shop.git/git-receive-pack',
        auth: `mara:${token}`,
        headers: { 'content-type': 'application/x-git-receive-pack-request' },
      });
      upload.on('error', () => resolve());
      upload.write('0', () => upload.destroy());
    });
    await push(running, 'mara', 'main');
    await waitFor(() => running.pushes.length === 2);
    expect(running.pushes.map(({ branch }) => branch)).toEqual([
      'main',
      'main',
    ]);
  });
});
