// Runs the job script whose path arrives on standard input, keeps what it prints up to a limit, and
// writes down when it started and how it ended. What is beyond the limit is read and counted, so
// that the job neither waits nor breaks.
const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const MAXIMUM_LINES = 10_000;
const MAXIMUM_BYTES = 2 * 1024 * 1024;
const NEWLINE = 10;

const {
  CI_BASH: bash,
  CI_BUILDS: builds,
  CI_ENGINE: engine,
  CI_JOB_NAME: job,
  CI_JOB_STATUS: status,
} = process.env;
const control = path.join(builds, 'control');
// gitlab-ci-local runs `after_script` by itself, once the status is known; it decides nothing.
const isMain = status === undefined || status === 'running';

function record(entry) {
  fs.appendFileSync(
    path.join(control, 'states.jsonl'),
    `${JSON.stringify({ job, at: new Date().toISOString(), ...entry })}\n`,
  );
}

const name = createHash('sha256').update(job).digest('hex');
const log = fs.openSync(path.join(control, 'logs', name), 'a+');
const kept = fs.readFileSync(log);
let bytes = kept.length;
let lines = kept.filter(byte => byte === NEWLINE).length;
let cutBytes = 0;
let atLineStart = true;

function keep(chunk) {
  let end = 0;
  const room = cutBytes > 0 ? 0 : Math.min(chunk.length, MAXIMUM_BYTES - bytes);
  while (end < room && lines < MAXIMUM_LINES) {
    const newline = chunk.indexOf(NEWLINE, end);
    if (newline === -1 || newline >= room) {
      end = room;
    } else {
      end = newline + 1;
      lines += 1;
    }
  }
  if (end > 0) {
    fs.writeSync(log, chunk, 0, end);
    bytes += end;
    atLineStart = chunk[end - 1] === NEWLINE;
  }
  cutBytes += chunk.length - end;
}

if (isMain) {
  record({ state: 'running' });
}
const environment = { ...process.env };
environment.PATH = environment.PATH.split(path.delimiter)
  .filter(directory => directory !== path.join(engine, 'bin'))
  .join(path.delimiter);
delete environment.CI_BASH;
delete environment.CI_ENGINE;
// One pipe for both streams keeps their lines in the order in which they were printed.
const child = spawn(bash, ['-c', 'exec 2>&1; exec "$BASH"'], {
  env: environment,
  stdio: ['inherit', 'pipe', 'inherit'],
});
child.stdout.on('data', keep);

let ended = false;
function end(exitCode) {
  if (ended) {
    return;
  }
  ended = true;
  if (!atLineStart) {
    fs.writeSync(log, '\n');
  }
  if (cutBytes > 0) {
    const megabytes = (cutBytes / 1024 / 1024).toFixed(1);
    fs.writeSync(
      log,
      `Output was cut here: ${megabytes} MiB more are not kept. At most ${MAXIMUM_LINES} lines or 2 MiB of a job are.\n`,
    );
  }
  if (isMain) {
    record({ state: 'ended', exitCode });
  }
  process.exit(exitCode);
}
function exitCodeOf(code, signal) {
  return code ?? 128 + (os.constants.signals[signal] ?? 0);
}
child.on('error', error => {
  keep(Buffer.from(`${error.message}\n`));
  end(1);
});
child.on('close', (code, signal) => end(exitCodeOf(code, signal)));
// A process that the job left behind may hold its output open; the job is over all the same.
child.on('exit', (code, signal) =>
  setTimeout(() => end(exitCodeOf(code, signal)), 500),
);
