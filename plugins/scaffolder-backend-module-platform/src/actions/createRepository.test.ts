import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { extract } from 'tar';
import { FakePlatform, PORTAL_URL } from '../__testUtils__/FakePlatform';
import { createRepositoryAction } from './createRepository';

const input = {
  name: 'invoice-mailer',
  description: 'Sends invoices by mail.',
  owner: 'group:default/payments',
};

describe('platform:repository:create', () => {
  const workspace = createMockDirectory();
  let platform: FakePlatform;
  let action: ReturnType<typeof createRepositoryAction>;

  const contextOf = (
    overrides: Partial<typeof input> & { sourcePath?: string } = {},
  ) =>
    createMockActionContext({
      input: { ...input, ...overrides },
      workspacePath: workspace.path,
      task: { id: 'task-7' },
    });

  beforeEach(async () => {
    platform = new FakePlatform();
    action = createRepositoryAction(await platform.start());
    workspace.setContent({
      'README.md': '# Invoice mailer',
      src: { 'index.js': 'serve();', node_modules: { dep: { 'a.js': '' } } },
      node_modules: { dep: { 'index.js': '' } },
      '.git': { HEAD: 'ref' },
      '.gitlab-ci.yml': 'test: {}',
    });
  });

  afterEach(async () => {
    await platform.stop();
  });

  it('sends the files, without what was installed, and tells where the repository is', async () => {
    const context = contextOf();
    await action.handler(context);

    expect(await listFiles(platform.archives[0])).toEqual([
      '.gitlab-ci.yml',
      'README.md',
      'src/index.js',
    ]);
    const repository = platform.repositories.get('invoice-mailer');
    expect(repository).toMatchObject(input);
    expect(platform.commits.get(repository?.head?.sha ?? '')?.message).toBe(
      'Create invoice-mailer\n\nSlipway-Task: task-7',
    );
    expect(outputsOf(context)).toEqual({
      repository: 'invoice-mailer',
      entityRef: 'component:default/invoice-mailer',
      repositoryUrl: `${PORTAL_URL}/repositories/invoice-mailer`,
      cloneUrl: `${PORTAL_URL}/git/invoice-mailer.git`,
      commit: repository?.head?.sha,
    });
    expect([...platform.tokens]).toEqual([
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'platform',
      }),
    ]);
  });

  it('finds what it created before, when the answer to that got lost', async () => {
    platform.loseAnswers = true;
    const context = contextOf();
    await action.handler(context);
    platform.loseAnswers = false;
    const again = contextOf();
    await action.handler(again);
    expect(outputsOf(again)).toEqual(outputsOf(context));
    expect(platform.archives).toHaveLength(1);
  });

  it('passes on why the platform refuses', async () => {
    await action.handler(contextOf());
    const other = { ...contextOf(), task: { id: 'task-8' } };
    await expect(action.handler(other)).rejects.toThrow(
      'The name "invoice-mailer" is taken by a repository of group:default/payments. Choose another.',
    );
    await expect(
      action.handler(
        contextOf({ name: 'other', owner: 'group:default/growth' }),
      ),
    ).rejects.toThrow("You don't belong to group:default/growth.");
    expect(platform.archives).toHaveLength(1);
  });

  it('says which directory is missing or empty', async () => {
    await expect(
      action.handler(contextOf({ sourcePath: 'nowhere' })),
    ).rejects.toThrow('The workspace has no directory "nowhere".');
    await mkdir(workspace.resolve('empty'));
    await expect(
      action.handler(contextOf({ sourcePath: 'empty' })),
    ).rejects.toThrow('"empty" holds no files');
    await expect(
      action.handler(contextOf({ sourcePath: '../..' })),
    ).rejects.toThrow('Relative path is not allowed');
  });

  it('creates nothing in a dry run', async () => {
    const context = { ...contextOf(), isDryRun: true };
    await action.handler(context);
    expect(platform.tokens.size).toBe(0);
    expect(outputsOf(context)).toMatchObject({ repository: 'invoice-mailer' });
  });
});

function outputsOf(context: { output: unknown }): Record<string, unknown> {
  const { calls } = (context.output as jest.Mock).mock;
  return Object.fromEntries(calls);
}

async function listFiles(archive: Buffer): Promise<string[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'archive-'));
  try {
    const file = path.join(directory, '..', `${path.basename(directory)}.tgz`);
    await writeFile(file, archive);
    await extract({ file, cwd: directory });
    await rm(file);
    const entries = await readdir(directory, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter(entry => entry.isFile())
      .map(entry =>
        path.relative(directory, path.join(entry.parentPath, entry.name)),
      )
      .sort();
  } finally {
    await rm(directory, { recursive: true });
  }
}
