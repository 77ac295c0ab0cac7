import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { LocalPipelineEngine } from './LocalPipelineEngine';
import {
  createDataDirectory,
  createEngine,
  createPlainEngine,
  createRequest,
  failureOf,
  Recorder,
  removeDataDirectory,
} from './__testUtils__/pipelines';

jest.setTimeout(60_000);

function hasBubblewrap(): boolean {
  try {
    execFileSync('bwrap', ['--unshare-pid', '--ro-bind', '/', '/', 'true']);
    return true;
  } catch {
    return false;
  }
}

const REFUSED_USERS: [{ user: string }, string][] = [
  [{ user: 'nobody-here' }, 'this machine has no such user'],
  [{ user: 'root' }, 'Name an unprivileged user'],
];

describe('LocalPipelineEngine', () => {
  const directory = createDataDirectory();
  let engine: LocalPipelineEngine;
  let plain: LocalPipelineEngine;
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    engine = await createEngine(directory, {}, logger);
    plain = await createPlainEngine(directory);
  });

  afterAll(() => removeDataDirectory(directory));

  it('uses bubblewrap where the machine has it', () => {
    expect(logger.warn).toHaveBeenCalledTimes(hasBubblewrap() ? 0 : 1);
  });

  it('reads the reports that jobs declare, and nothing outside of the repository', async () => {
    const outcome = await engine.run(
      createRequest(
        directory,
        `
stages: [build, scan]
build:
  stage: build
  script: [mkdir out, echo 42 > out/answer]
  artifacts: { paths: [out/] }
scan:
  stage: scan
  script:
    - mkdir reports
    - echo '{"bomFormat":"CycloneDX"}' > reports/sbom.json
    - ln -s /etc/passwd reports/secrets.json
    - command -v slipway-scan
  artifacts:
    reports:
      cyclonedx: reports/sbom.json
      secret_detection: reports/secrets.json
      dependency_scanning: [reports/none.json]
      junit: reports/junit.xml
`,
      ),
      new Recorder(),
    );

    expect(outcome).toMatchObject({
      state: 'succeeded',
      reports: [
        { kind: 'cyclonedx', text: '{"bomFormat":"CycloneDX"}\n' },
        {
          kind: 'secret_detection',
          problem: 'reports/secrets.json is not in the repository.',
        },
        {
          kind: 'dependency_scanning',
          problem: 'No job wrote reports/none.json.',
        },
      ],
    });
    const { artifactDirectory = '' } = outcome as {
      artifactDirectory?: string;
    };
    expect(readdirSync(artifactDirectory)).toEqual(['out']);
  });

  it('runs the jobs of a green pipeline and keeps its artifact', async () => {
    const recorder = new Recorder();
    const request = createRequest(
      directory,
      `
stages: [build, test]
test:
  stage: test
  script:
    - cat out/answer
build:
  stage: build
  script:
    - mkdir out
    - echo 42 > out/answer
    - printf '\\033[31mred\\033[0m\\n'
  artifacts:
    paths: [out/, package.json]
`,
      { files: { 'package.json': '{}', 'other.txt': 'not kept' } },
    );

    const outcome = await engine.run(request, recorder);

    expect(outcome).toEqual({
      state: 'succeeded',
      artifactDirectory: expect.any(String),
    });
    expect(recorder.changes[0]).toEqual([
      { name: 'build', stage: 'build', state: 'pending' },
      { name: 'test', stage: 'test', state: 'pending' },
    ]);
    expect(recorder.states).toEqual(['build: succeeded', 'test: succeeded']);
    expect(recorder.jobs[0]).toMatchObject({
      exitCode: 0,
      startedAt: expect.any(String),
      endedAt: expect.any(String),
    });
    expect(recorder.lines('build')).toContain('red');
    expect(recorder.lines('test')).toEqual(
      expect.arrayContaining(['$ cat out/answer', '42']),
    );
    expect(recorder.sequences('test')[0]).toBe(1);
    const artifact =
      outcome.state === 'succeeded' ? (outcome.artifactDirectory ?? '') : '';
    expect(readFileSync(path.join(artifact, 'out/answer'), 'utf8')).toBe(
      '42\n',
    );
    expect(() => readFileSync(path.join(artifact, 'other.txt'))).toThrow(
      'ENOENT',
    );
    await engine.forget(request.pipelineId);
    expect(() => readFileSync(path.join(artifact, 'out/answer'))).toThrow(
      'ENOENT',
    );
  });

  it('names the job that failed, and does not start what comes after it', async () => {
    const recorder = new Recorder();

    const outcome = await engine.run(
      createRequest(
        directory,
        `
stages: [test, deploy]
test:
  stage: test
  script: ['echo expected 1 but got 2 >&2', 'exit 3']
deploy:
  stage: deploy
  script: ['echo deployed']
`,
      ),
      recorder,
    );

    expect(failureOf(outcome)).toEqual({
      message: 'Job "test" failed with exit code 3.',
      hint: 'Read the end of its log, mend it and push again.',
      job: 'test',
    });
    expect(recorder.states).toEqual(['test: failed', 'deploy: skipped']);
    expect(recorder.jobs[0].exitCode).toBe(3);
    expect(recorder.lines('test')).toContain('expected 1 but got 2');
  });

  it('runs the jobs of a stage side by side, each in a directory of its own', async () => {
    const recorder = new Recorder();

    // Each waits for the other; neither sees the other's files.
    const outcome = await engine.run(
      createRequest(
        directory,
        `
.meet:
  script:
    - touch mine-$CI_JOB_NAME "$HOME/$CI_JOB_NAME"
    - until [ -e "$HOME/left" ] && [ -e "$HOME/right" ]; do sleep 0.05; done
    - ls
    - mkdir -p shared && echo $CI_JOB_NAME > shared/$CI_JOB_NAME
  artifacts:
    paths: [shared/]
left:
  extends: .meet
right:
  extends: .meet
`,
      ),
      recorder,
    );

    expect(recorder.states).toEqual(['left: succeeded', 'right: succeeded']);
    expect(recorder.lines('left')).toContain('mine-left');
    expect(recorder.lines('left')).not.toContain('mine-right');
    if (outcome.state !== 'succeeded' || !outcome.artifactDirectory) {
      throw new Error(`No artifact: ${JSON.stringify(outcome)}`);
    }
    expect(
      readdirSync(path.join(outcome.artifactDirectory, 'shared')).sort(),
    ).toEqual(['left', 'right']);
  });

  it('is green although a job failed that may, and keeps nothing where nothing is declared', async () => {
    const recorder = new Recorder();

    const outcome = await engine.run(
      createRequest(
        directory,
        `
lint:
  script: [exit 4]
  allow_failure: true
deploy:
  stage: deploy
  when: manual
  script: [exit 1]
`,
      ),
      recorder,
    );

    expect(outcome).toEqual({ state: 'succeeded' });
    expect(recorder.jobs).toMatchObject([
      { name: 'lint', state: 'failed', exitCode: 4 },
      { name: 'deploy', state: 'skipped' },
    ]);
  });

  it.each([
    ['with', () => engine],
    ['without', () => plain],
  ])('stops all of a pipeline, %s bubblewrap', async (_with, choose) => {
    const chosen = choose();
    const abort = new AbortController();
    const recorder = new Recorder();
    const request = createRequest(
      directory,
      `
test:
  script:
    - (trap '' TERM; exec setsid sleep 654321) &
    - echo started
    - sleep 654321
`,
      { signal: abort.signal },
    );
    const outcome = chosen.run(request, recorder);
    await recorder.until(() => recorder.lines('test').includes('started'));

    abort.abort();

    await expect(outcome).resolves.toEqual({ state: 'cancelled' });
    expect(recorder.states).toEqual(['test: cancelled']);
    await chosen.stop(request.pipelineId);
    expect(() => execFileSync('pgrep', ['-f', 'sleep 654321'])).toThrow();
  });

  it('stops a pipeline that takes too long, and names the job', async () => {
    const recorder = new Recorder();
    const started = Date.now();
    await engine.run(
      createRequest(directory, "test:\n  script: ['true']\n"),
      new Recorder(),
    );
    // Long enough for the job to begin, however busy the machine is.
    const timeoutMs = Math.max(2000, 3 * (Date.now() - started));

    const outcome = await engine.run(
      createRequest(directory, 'test:\n  script: [sleep 600]\n', {
        timeoutMs,
      }),
      recorder,
    );

    expect(failureOf(outcome)).toEqual({
      message: expect.stringMatching(
        /^The pipeline took longer than \S+ (second|minute)s? and was stopped, in job "test"\.$/,
      ),
      hint: expect.any(String),
      job: 'test',
    });
    expect(recorder.states).toEqual(['test: failed']);
  });

  it('lets a pipeline wait for its turn, and cancels it while it does', async () => {
    const single = await createEngine(directory, { concurrency: 1 });
    const running = new Recorder();
    const first = createRequest(
      directory,
      `
test:
  script: ['until [ -e "$HOME/go" ]; do sleep 0.05; done']
`,
    );
    const firstOutcome = single.run(first, running);
    await running.until(() => running.states[0] === 'test: running');
    const abort = new AbortController();
    const cancelled = new Recorder();
    const second = single.run(
      createRequest(directory, "test:\n  script: ['true']\n", {
        signal: abort.signal,
      }),
      cancelled,
    );
    const third = single.run(
      createRequest(directory, "test:\n  script: ['true']\n"),
      new Recorder(),
    );
    await cancelled.until(() => cancelled.states[0] === 'test: pending');

    abort.abort();

    await expect(second).resolves.toEqual({ state: 'cancelled' });
    expect(cancelled.states).toEqual(['test: cancelled']);
    writeFileSync(
      path.join(directory, 'pipelines/workspaces', first.pipelineId, 'home/go'),
      '',
    );
    await expect(firstOutcome).resolves.toEqual({ state: 'succeeded' });
    await expect(third).resolves.toEqual({ state: 'succeeded' });
  });

  it.each([
    ['with', () => engine, hasBubblewrap()],
    ['without', () => plain, false],
  ])(
    'shows jobs nothing of the portal, %s bubblewrap',
    async (_with, choose, isSandboxed) => {
      const isRoot = process.getuid?.() === 0;
      process.env.SLIPWAY_TEST_SECRET = 'planted';
      const recorder = new Recorder();
      const request = createRequest(
        directory,
        `
test:
  script:
    - env
    - echo "root? $([ $(id -u) = 0 ] && echo yes || echo no)"
    - echo "portal's environment? $(head -c 1 /proc/${process.pid}/environ >/dev/null 2>&1 && echo yes || echo no)"
    - echo "other files? $(ls -d ${directory}/repository-* >/dev/null 2>&1 && echo yes || echo no)"
    - echo "node $(command -v node)"
    - npm config get cache
    - git log --oneline
`,
      );

      try {
        await expect(choose().run(request, recorder)).resolves.toEqual({
          state: 'succeeded',
        });
      } finally {
        delete process.env.SLIPWAY_TEST_SECRET;
      }

      const lines = recorder.lines('test');
      const text = lines.join('\n');
      expect(text).not.toContain('planted');
      expect(text).not.toMatch(/^(SLIPWAY|POSTGRES|GCL)_/m);
      expect(text).not.toMatch(/^(BASH_ENV|NODE_COMPILE_CACHE)=/m);
      expect(lines).toEqual(
        expect.arrayContaining([
          'CI=true',
          'CI_COMMIT_BRANCH=main',
          'root? no',
          `portal's environment? ${isRoot || isSandboxed ? 'no' : 'yes'}`,
          `other files? ${isSandboxed || isRoot ? 'no' : 'yes'}`,
          `node ${process.execPath}`,
          path.join(directory, 'pipelines', 'npm-cache'),
        ]),
      );
    },
  );

  it.each([
    [
      'no YAML',
      'test:\n  script: [echo\nother: 1\n',
      /^\.gitlab-ci\.yml, line \d, is not valid YAML/,
    ],
    ['no jobs', 'stages: [build]\n', /^\.gitlab-ci\.yml holds no jobs\.$/],
    [
      'an unknown stage',
      "stages: [build]\ntest:\n  stage: tset\n  script: ['true']\n",
      /^\.gitlab-ci\.yml, line 3: job "test" is in stage "tset", which does not exist\.$/,
    ],
    [
      'a need that is missing',
      "test:\n  needs: [build]\n  script: ['true']\n",
      /^\.gitlab-ci\.yml, line 2: job "test" needs job "build", which does not exist\.$/,
    ],
    [
      'a remote include',
      "include:\n  - remote: https://example.com/ci.yml\ntest:\n  script: ['true']\n",
      /^\.gitlab-ci\.yml, line 1 includes a file from another place/,
    ],
    [
      'a word GitLab does not know',
      "test:\n  scirpt: ['true']\n  script: ['true']\n",
      /scirpt/,
    ],
  ])('says what is wrong with %s', async (_case, definition, message) => {
    const outcome = await engine.run(
      createRequest(directory, definition),
      new Recorder(),
    );

    expect(failureOf(outcome)).toEqual({
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  it('leaves nothing where the commit cannot be checked out', async () => {
    const request = createRequest(directory, "test:\n  script: ['true']\n");

    await expect(
      engine.run(
        {
          ...request,
          checkout: async () => {
            throw new Error('no such commit');
          },
        },
        new Recorder(),
      ),
    ).rejects.toThrow('no such commit');

    expect(
      readdirSync(path.join(directory, 'pipelines/workspaces')),
    ).not.toContain(request.pipelineId);
    await expect(engine.run(request, new Recorder())).resolves.toEqual({
      state: 'succeeded',
    });
  });

  it.each<[{ concurrency?: number; user?: string }, string]>([
    [{ concurrency: 0 }, 'concurrency is 0; it must be a whole number from 1'],
    ...(process.getuid?.() === 0 ? REFUSED_USERS : []),
  ])('refuses the configuration %j', async (config, message) => {
    await expect(createEngine(directory, config)).rejects.toThrow(message);
  });
});
