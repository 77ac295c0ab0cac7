import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
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
import { watchMemory } from './__testUtils__/watchMemory';

jest.setTimeout(180_000);

const MEGABYTE = 1024 * 1024;
const GIGABYTE = 1024 * MEGABYTE;

/** Finds the process that runs the job: the first above it that is no shell. */
const FIND_RUNNER =
  '- p=$$; while ps -o comm= -p $p | grep -q bash; do p=$(ps -o ppid= -p $p | tr -d " "); done';

describe('LocalPipelineEngine under strain', () => {
  const directory = createDataDirectory();
  let engine: LocalPipelineEngine;
  let plain: LocalPipelineEngine;

  beforeAll(async () => {
    engine = await createEngine(directory);
    plain = await createPlainEngine(directory);
  });

  afterAll(() => removeDataDirectory(directory));

  const workspaceOf = (pipelineId: string) =>
    path.join(directory, 'pipelines/workspaces', pipelineId);
  const sizeOf = (workspace: string) =>
    Number(execFileSync('du', ['-sk', workspace]).toString().split('\t')[0]) *
    1024;

  it.each([
    ['in lines', 'with bubblewrap', () => engine, 'yes "$(seq -s " " 20)"'],
    ['in lines', 'without bubblewrap', () => plain, 'yes "$(seq -s " " 20)"'],
    ['in one line', 'with bubblewrap', () => engine, 'tr "\\0" x < /dev/zero'],
  ])(
    'keeps the beginning of a gigabyte %s, %s',
    async (_shape, _with, choose, command) => {
      // Neither its own variables nor where it prints to get a job around its limit.
      const request = createRequest(
        directory,
        `
test:
  variables:
    BASH_ENV: ''
  script:
    - set +o pipefail
    - ${command} | head -c ${GIGABYTE} >&2
    - echo the end | tee end
    ${FIND_RUNNER}
    - ps -o rss= -p $p > kilobytes
  artifacts:
    paths: [end, kilobytes]
`,
        { timeoutMs: 150_000 },
      );
      const workspace = workspaceOf(request.pipelineId);
      const memory = watchMemory(workspace);
      const recorder = new Recorder();

      const outcome = await choose().run(request, recorder);

      const { gained, supervisor } = memory.end();
      if (outcome.state !== 'succeeded' || !outcome.artifactDirectory) {
        throw new Error(`No artifact: ${JSON.stringify(outcome)}`);
      }
      const read = (name: string) =>
        readFileSync(path.join(`${outcome.artifactDirectory}`, name), 'utf8');
      const lines = recorder.lines('test');
      expect(lines.length).toBeLessThanOrEqual(10_001);
      expect(lines.join('\n').length).toBeLessThan(3 * MEGABYTE);
      expect(lines.filter(line => line.startsWith('The rest'))).toEqual([
        'The rest of the output is cut: a job shows its first 10,000 lines, or 2 MB.',
      ]);
      expect(lines.at(-1)).toMatch(/^The rest/);
      expect(read('end')).toBe('the end\n');
      expect(gained).toBeLessThan(150 * MEGABYTE);
      expect(supervisor).toBeLessThan(150 * MEGABYTE);
      expect(Number(read('kilobytes')) * 1024).toBeLessThan(400 * MEGABYTE);
      expect(sizeOf(workspace)).toBeLessThan(10 * MEGABYTE);
    },
  );

  it.each([
    ['with', () => engine, 'exit code 137'],
    ['without', () => plain, 'SIGKILL'],
  ])(
    'names the job that ran when memory was short, %s bubblewrap',
    async (_with, choose, how) => {
      const recorder = new Recorder();
      const request = createRequest(
        directory,
        `
test:
  script:
    ${FIND_RUNNER}
    - kill -KILL $p && sleep 600
`,
      );

      const outcome = await choose().run(request, recorder);

      expect(failureOf(outcome)).toEqual({
        message: `The pipeline broke off while job "test" ran: gitlab-ci-local ended with ${how}.`,
        hint: expect.stringContaining('Run it again.'),
        job: 'test',
      });
      expect(recorder.states).toEqual(['test: failed']);
    },
  );
});
