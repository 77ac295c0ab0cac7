import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LocalPipelineEngine } from './LocalPipelineEngine';
import {
  createDataDirectory,
  createEngine,
  createRequest,
  failureOf,
  Recorder,
  removeDataDirectory,
} from './__testUtils__/pipelines';

jest.setTimeout(60_000);

describe('LocalPipelineEngine', () => {
  const directory = createDataDirectory();
  let engine: LocalPipelineEngine;

  beforeAll(async () => {
    engine = await createEngine(directory);
  });

  afterAll(() => removeDataDirectory(directory));

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
});
