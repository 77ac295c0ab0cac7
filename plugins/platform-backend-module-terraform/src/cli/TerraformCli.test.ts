import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from '../__testUtils__/until';
import type { CliCall } from './CliProcess';
import { explainFailure } from './CliFailure';
import { TerraformCli } from './TerraformCli';

/** Stand-ins where the real one can't be made to behave like that. */
describe('TerraformCli', () => {
  let directory: string;
  let cancel: AbortController;
  const before = process.env.PATH;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'slipway-cli-'));
    cancel = new AbortController();
  });
  afterEach(() => {
    process.env.PATH = before;
    rmSync(directory, { recursive: true });
  });

  function write(name: string, script: string): string {
    const file = path.join(directory, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Says that it is a version, then does what it shall. */
  const program = (name: string, script: string, version = '1.11.4') =>
    write(
      name,
      `if [ "$1" = version ]; then echo '{"terraform_version":"${version}"}'; exit; fi\n${script}`,
    );

  const call = (args: string[], more: Partial<CliCall> = {}): CliCall => ({
    ...{ args, folder: directory, outputs: directory, signal: cancel.signal },
    environment: { PATH: process.env.PATH ?? '' },
    ...more,
  });

  it('says what to install where there is none', async () => {
    process.env.PATH = directory;
    const cli = new TerraformCli({ concurrency: 1 });
    await expect(cli.run(call(['plan']))).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining('neither OpenTofu nor Terraform'),
      hint: expect.stringContaining('platform.terraform.cli'),
    });
    // Installed since then:
    program('terraform', '/bin/echo planned');
    await expect(cli.run(call(['plan']))).resolves.toMatchObject({
      code: 0,
      output: 'planned\n',
    });
  });

  it('prefers OpenTofu', async () => {
    program('terraform', '/bin/echo terraform');
    program('tofu', '/bin/echo tofu');
    process.env.PATH = directory;
    const cli = new TerraformCli({ concurrency: 1 });
    await expect(cli.run(call(['plan']))).resolves.toMatchObject({
      output: 'tofu\n',
    });
  });

  it.each([
    [
      'what is not there',
      () => path.join(directory, 'none'),
      "which can't be run",
    ],
    [
      'what is no CLI',
      () => write('other', 'echo hello'),
      "which can't be run",
    ],
    [
      'one that is too old',
      () => program('old', '', '1.5.7'),
      'is version 1.5.7; 1.6 or newer is needed',
    ],
  ])('refuses %s', async (_what, find, message) => {
    const cli = new TerraformCli({ concurrency: 1, program: find() });
    await expect(cli.run(call(['plan']))).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining(message),
    });
  });

  it('ends what does not stop when it is asked to, with all that it started', async () => {
    const stubborn = program(
      'stubborn',
      `trap 'echo asked' INT; sleep 600 & echo $! ; while :; do wait; done`,
    );
    const cli = new TerraformCli({
      ...{ concurrency: 1, program: stubborn, patienceMs: 200 },
    });
    const events: string[] = [];
    const work = cli.run(
      call(['apply'], { onEvent: ({ type }) => events.push(type) }),
    );
    const said = () =>
      readdirSync(directory)
        .filter(name => name.endsWith('.out'))
        .map(name => readFileSync(path.join(directory, name), 'utf8'))
        .join('');
    await until('it has started', () => /^\d+$/m.test(said()));
    cancel.abort();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(said()).toContain('asked');
    const child = Number(/^\d+$/m.exec(said())?.[0]);
    await until('its child has ended', () => !isRunning(child));
  });

  it('tells events as they come, and takes them apart from other lines', async () => {
    const talkative = program(
      'talkative',
      `echo '{"type":"a","@message":"one"}'; echo noise; until test -e "${directory}/go"; do sleep 0.05; done; echo '{"type":"b","@message":"two"}'`,
    );
    const cli = new TerraformCli({ concurrency: 1, program: talkative });
    const told: string[] = [];
    const work = cli.run(
      call(['apply'], { onEvent: event => told.push(event['@message']) }),
    );
    await until('it has told the first', () => told.length === 1);
    writeFileSync(path.join(directory, 'go'), '');
    await work;
    expect(told).toEqual(['one', 'two']);
  });

  it('lets no more run at a time than it may', async () => {
    const counting = program(
      'counting',
      `echo > "${directory}/running.$$"; ls "${directory}" | grep -c running; sleep 0.1; rm "${directory}/running.$$"`,
    );
    const cli = new TerraformCli({ concurrency: 2, program: counting });
    const results = await Promise.all(
      Array.from({ length: 6 }, () => cli.run(call(['plan']))),
    );
    const most = Math.max(...results.map(({ output }) => Number(output)));
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe('explainFailure', () => {
  it('reads what is said as text', () => {
    const beside = `
Error: Failed to get existing workspaces: pq: relation "a.states" does not exist

Error: Invalid function argument

  on main.tf line 3, in output "x":
   3:   value = file("none")

Invalid value for "path" parameter: no file exists at "none"; this
function works only with files.
`;
    const { name, message } = explainFailure('Preparing', {
      ...{ output: '', beside, end: 'ended with 1' },
    });
    expect(name).toBe('CliFailure');
    expect(message).toBe(
      'Preparing failed. Failed to get existing workspaces: pq: relation "a.states" does not exist. Invalid function argument: Invalid value for "path" parameter: no file exists at "none"; this function works only with files.',
    );
  });

  it('says how it ended where it said nothing', () => {
    const silent = { output: '', beside: '', end: 'was ended by SIGKILL' };
    expect(explainFailure('Planning', silent).message).toBe(
      'Planning failed. The CLI was ended by SIGKILL.',
    );
  });

  it('tells a few of many errors', () => {
    const beside = Array.from({ length: 9 }, (_, n) => `Error: number ${n}\n`);
    expect(
      explainFailure('Planning', {
        ...{ output: '', beside: beside.join('\n'), end: 'ended with 1' },
      }).message,
    ).toBe('Planning failed. number 0. number 1. number 2. And 6 more.');
  });

  it('says that something else acts on it', () => {
    const beside = 'Error: Error acquiring the state lock\n\nLocked.';
    expect(
      explainFailure('Planning', { output: '', beside, end: 'ended with 1' })
        .name,
    ).toBe('ConflictError');
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
