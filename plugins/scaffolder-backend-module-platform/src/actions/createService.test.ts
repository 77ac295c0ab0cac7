import { mkdir, readdir, rm } from 'node:fs/promises';
import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { CREATED, FAILED } from '../__testUtils__/buildRun';
import { FakePlatform, PORTAL_URL } from '../__testUtils__/FakePlatform';
import { listArchive } from '../__testUtils__/listArchive';
import { TaskContexts } from '../__testUtils__/taskContext';
import { until } from '../__testUtils__/until';
import { createCreateServiceAction } from './createService';

const input = {
  name: 'invoice-mailer',
  description: 'Sends invoices by mail.',
  owner: 'group:default/payments',
};

describe('platform:service:create', () => {
  const workspace = createMockDirectory();
  let platform: FakePlatform;
  let action: ReturnType<typeof createCreateServiceAction>;
  let task: TaskContexts;

  beforeEach(async () => {
    platform = new FakePlatform();
    action = createCreateServiceAction(await platform.start());
    workspace.setContent({
      'README.md': '# Invoice mailer',
      src: { 'index.js': 'serve();', node_modules: { dep: { 'a.js': '' } } },
      node_modules: { dep: { 'index.js': '' } },
      '.git': { HEAD: 'ref' },
      '.gitlab-ci.yml': 'test: {}',
    });
    task = new TaskContexts(workspace.path);
  });

  afterEach(() => platform.stop());

  const started = () => until(() => platform.runs.has('run-1'));
  const starts = () => platform.askedFor('POST /services');

  /** Loses the workspace, as the scaffolder does when a task has failed. */
  async function loseWorkspace() {
    for (const name of await readdir(workspace.path)) {
      await rm(workspace.resolve(name), { recursive: true });
    }
  }

  it('sends the files, waits for the run, and tells where everything is', async () => {
    const { context, outputs, printed } = task.next(input);
    const working = action.handler(context);
    await started();
    await platform.change('run-1', {
      state: 'waiting',
      steps: [
        {
          id: 'repository',
          title: 'Create the repository',
          dependsOn: [],
          undoable: true,
          state: 'succeeded',
          attempt: 1,
        },
      ],
      waits: [
        {
          id: 'wait',
          runId: 'run-1',
          kind: 'event',
          state: 'open',
          waitsFor: 'machines',
          reason: 'the pipeline of a41f9c2',
          createdAt: '2026-11-23T20:00:00.000Z',
        },
      ],
    });
    await until(() => printed.some(line => line.includes('the pipeline')));
    await platform.change('run-1', CREATED);
    await working;

    const [{ query, body, token }] = starts();
    expect(query).toEqual({
      ...input,
      goldenPath: 'template:default/nodejs-service',
    });
    expect(await listArchive(body)).toEqual([
      '.gitlab-ci.yml',
      'README.md',
      'src/index.js',
    ]);
    expect(token).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'platform',
      }),
    );
    // A wait may last longer than a person's sign-in.
    const own = platform.askedFor('GET /runs').map(asked => asked.token);
    expect(new Set(own)).toEqual(
      new Set([
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:test'),
          targetPluginId: 'platform',
        }),
      ]),
    );
    expect(printed).toEqual([
      `Following ${PORTAL_URL}/runs/run-1`,
      'Create the repository: done.',
      'Waiting for the pipeline of a41f9c2.',
    ]);
    expect(outputs).toEqual({
      repository: 'invoice-mailer',
      entityRef: 'component:default/invoice-mailer',
      repositoryUrl: `${PORTAL_URL}/repositories/invoice-mailer`,
      cloneUrl: `${PORTAL_URL}/git/invoice-mailer.git`,
      commit: 'a41f9c2'.padEnd(40, '0'),
      url: 'http://invoice-mailer-dev.localhost:7080',
      releaseNumber: 1,
      runUrl: `${PORTAL_URL}/runs/run-1`,
      pipelineRunUrl: `${PORTAL_URL}/runs/build-1`,
      deploymentRunUrl: `${PORTAL_URL}/runs/deploy-1`,
    });
  });

  it('starts one run, also when the answer to that got lost', async () => {
    platform.next = CREATED;
    platform.lostAnswers = 1;
    await action.handler(task.next(input).context);
    expect(platform.runs.size).toBe(1);
    expect(starts()[0].body).toEqual(starts()[1].body);
  });

  it('waits on for the same run after a restart, without the workspace', async () => {
    const first = task.next(input);
    const died = action.handler(first.context);
    await started();
    await until(() => platform.askedFor('GET /runs').length > 0);
    await loseWorkspace();
    const { context, outputs } = task.next(input);
    const working = action.handler(context);
    await platform.change('run-1', CREATED);
    await Promise.all([working, died]);
    expect(outputs).toMatchObject({ releaseNumber: 1 });
    expect(starts()).toHaveLength(1);
  });

  it('fails with what the run failed with, and when the task is retried goes on with that run', async () => {
    platform.next = FAILED;
    await expect(action.handler(task.next(input).context)).rejects.toThrow(
      [
        'Create invoice-mailer failed: The pipeline of invoice-mailer a41f9c2 failed.',
        'Push a fix.',
        'What it made: repository invoice-mailer.',
        `Retry this task to go on from there; retry or undo the run on its page: ${PORTAL_URL}/runs/run-1`,
      ].join('\n'),
    );
    await loseWorkspace();
    const { context, outputs } = task.next(input);
    const working = action.handler(context);
    await until(() => platform.runs.get('run-1')?.state === 'running');
    await platform.change('run-1', CREATED);
    await working;
    expect(outputs).toMatchObject({ releaseNumber: 1 });
    expect(platform.askedFor('POST /runs/run-1/retry')).toHaveLength(1);
    expect(starts()).toHaveLength(1);
  });

  it('tells of a failure that happened while nobody watched, and does not retry by itself', async () => {
    const died = action.handler(task.next(input).context);
    await started();
    await platform.change('run-1', FAILED);
    await expect(died).rejects.toThrow('failed');
    // A crash lost what the first attempt had kept.
    const afterCrash = new TaskContexts(workspace.path);
    await expect(
      action.handler(afterCrash.next(input).context),
    ).rejects.toThrow('The pipeline of invoice-mailer a41f9c2 failed.');
    expect(platform.askedFor('POST /runs/run-1/retry')).toHaveLength(0);
  });

  it('says so when the run was undone', async () => {
    platform.next = { ...FAILED, state: 'undone', remains: [] };
    await expect(action.handler(task.next(input).context)).rejects.toThrow(
      /was undone.*\nPush a fix\.\nStart over from the template/,
    );
  });

  it('passes on why the platform refuses, and can try again without the workspace', async () => {
    platform.refusal = 'The name "invoice-mailer" is taken. Choose another.';
    await expect(action.handler(task.next(input).context)).rejects.toThrow(
      'The name "invoice-mailer" is taken. Choose another.',
    );
    await loseWorkspace();
    platform.refusal = undefined;
    platform.next = CREATED;
    await action.handler(task.next(input).context);
    expect(starts()[1].body).toEqual(starts()[0].body);
  });

  it('cancels the run when the task is cancelled', async () => {
    const cancel = new AbortController();
    const { context, printed } = task.next(input, cancel.signal);
    const working = action.handler(context);
    await started();
    cancel.abort(new Error('The task was cancelled.'));
    await expect(working).rejects.toThrow();
    expect(platform.runs.get('run-1')?.state).toBe('cancelled');
    expect(printed.at(-1)).toContain('Create invoice-mailer was cancelled');
  });

  it('says which directory is missing or empty', async () => {
    await mkdir(workspace.resolve('empty'));
    await expect(
      action.handler(task.next({ ...input, sourcePath: 'empty' }).context),
    ).rejects.toThrow('"empty" holds no files');
    await expect(
      action.handler(task.next({ ...input, sourcePath: 'nowhere' }).context),
    ).rejects.toThrow('The workspace has no directory "nowhere".');
    await expect(
      action.handler(task.next({ ...input, sourcePath: '../..' }).context),
    ).rejects.toThrow('Relative path is not allowed');
  });

  it('creates nothing in a dry run', async () => {
    const { context } = task.next(input);
    await action.handler({ ...context, isDryRun: true });
    expect(platform.asked).toEqual([]);
  });
});
