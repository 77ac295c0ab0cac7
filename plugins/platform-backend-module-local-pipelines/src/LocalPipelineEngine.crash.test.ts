import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  createDataDirectory,
  createEngine,
  createRepository,
  Recorder,
  removeDataDirectory,
} from './__testUtils__/pipelines';
import { createRequestOf } from './__testUtils__/requests';

jest.setTimeout(60_000);

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** Starts a pipeline in a process of its own, which is killed as soon as a job printed the line. */
async function startAndKill(options: {
  directory: string;
  repository: string;
  pipelineId: string;
  line: string;
}): Promise<void> {
  const portal = spawn(
    process.execPath,
    [
      '--require',
      TRANSFORM,
      path.join(__dirname, '__testUtils__', 'runPortal.ts'),
      path.join(options.directory, 'pipelines'),
      options.repository,
      options.pipelineId,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exit = once(portal, 'exit');
  for await (const line of createInterface({ input: portal.stdout })) {
    if (line === options.line) {
      portal.kill('SIGKILL');
      break;
    }
  }
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
}

describe('LocalPipelineEngine, after the portal was killed', () => {
  const directory = createDataDirectory();

  const workspaceOf = (pipelineId: string) =>
    path.join(directory, 'pipelines', 'workspaces', pipelineId);

  afterAll(() => removeDataDirectory(directory));

  it('joins what still runs, and runs nothing twice', async () => {
    const repository = createRepository(directory, {
      '.gitlab-ci.yml': `
stages: [build, test]
build:
  stage: build
  script:
    - date +%s%N >> ran
    - echo started
    - until [ -e "$HOME/go" ]; do sleep 0.05; done
  artifacts:
    paths: [ran]
test:
  stage: test
  script: [wc -l < ran]
`,
    });
    const pipelineId = 'killed-and-joined';
    await startAndKill({ directory, repository, pipelineId, line: 'started' });

    const engine = await createEngine(directory);
    const recorder = new Recorder();
    const outcome = engine.run(
      createRequestOf(repository, { pipelineId }),
      recorder,
    );
    await recorder.until(() => recorder.lines('build').includes('started'));
    expect(recorder.states).toEqual(['build: running', 'test: pending']);
    writeFileSync(path.join(workspaceOf(pipelineId), 'home', 'go'), '');

    await expect(outcome).resolves.toEqual({
      state: 'succeeded',
      artifactDirectory: expect.any(String),
    });
    expect(recorder.states).toEqual(['build: succeeded', 'test: succeeded']);
    expect(recorder.lines('test').at(-1)?.trim()).toBe('1');
    expect(recorder.lines('build').filter(line => line === 'started')).toEqual([
      'started',
    ]);

    // Asked once more, it answers from what it kept.
    const again = new Recorder();
    await expect(
      engine.run(createRequestOf(repository, { pipelineId }), again),
    ).resolves.toEqual(await outcome);
    expect(again.jobs).toEqual(recorder.jobs);
    expect(again.lines('build')).toEqual(recorder.lines('build'));
    await engine.forget(pipelineId);
  });

  it('stops what it joined', async () => {
    const repository = createRepository(directory, {
      '.gitlab-ci.yml': `
test:
  script:
    - echo started
    - sleep 600
`,
    });
    const pipelineId = 'killed-and-stopped';
    await startAndKill({ directory, repository, pipelineId, line: 'started' });

    const engine = await createEngine(directory);
    const abort = new AbortController();
    const recorder = new Recorder();
    const outcome = engine.run(
      createRequestOf(repository, { pipelineId, signal: abort.signal }),
      recorder,
    );
    await recorder.until(() => recorder.lines('test').includes('started'));
    abort.abort();

    await expect(outcome).resolves.toEqual({ state: 'cancelled' });
    expect(recorder.states).toEqual(['test: cancelled']);
    await engine.forget(pipelineId);
  });

  it('says so when the pipeline died with the portal', async () => {
    const repository = createRepository(directory, {
      '.gitlab-ci.yml': "test:\n  script: ['echo started', 'sleep 600']\n",
    });
    const pipelineId = 'killed-all';
    await startAndKill({ directory, repository, pipelineId, line: 'started' });
    const { pid } = JSON.parse(
      readFileSync(
        path.join(workspaceOf(pipelineId), 'control', 'process.json'),
        'utf8',
      ),
    );
    process.kill(pid, 'SIGKILL');

    const engine = await createEngine(directory);
    const outcome = await engine.run(
      createRequestOf(repository, { pipelineId }),
      new Recorder(),
    );

    expect(outcome).toEqual({ state: 'interrupted' });
    await engine.forget(pipelineId);
  });
});
