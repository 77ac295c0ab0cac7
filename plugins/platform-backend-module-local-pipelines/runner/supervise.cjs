'use strict';
/*
 * Runs one pipeline apart from the portal, so that it goes on when the portal dies: keeps its output with
 * the time of each line, holds its time limit, stops all of it on SIGTERM, and leaves a result.
 *
 * Usage: node supervise.cjs <control directory>
 *
 * Reads `command.json` there and writes `process.json` (at most once in the life of a pipeline), `output`
 * and, at the very end, `result.json`.
 */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** Far above what the jobs' own limits let through; only tampering reaches it. */
const MAXIMUM_OUTPUT = 256 * 1024 * 1024;
const MAXIMUM_LINE = 64 * 1024;
const GRACE_MS = 5000;

const control = process.argv[2];
const fileOf = name => path.join(control, name);
const { command, args, cwd, env, uid, gid, deadline, jobsHome, startTime } =
  JSON.parse(fs.readFileSync(fileOf('command.json'), 'utf8'));

function writeWhole(name, value) {
  fs.writeFileSync(fileOf(`.${name}`), JSON.stringify(value));
  fs.renameSync(fileOf(`.${name}`), fileOf(name));
}

/** On Linux a process is known by its pid and the tick it was started at: pids are used again. */
function startTicks(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Processes that left the group, found by the home directory that only this pipeline's processes have. */
function strays() {
  let pids;
  try {
    pids = fs.readdirSync('/proc').filter(name => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.map(Number).filter(pid => {
    try {
      return (
        pid !== process.pid &&
        fs
          .readFileSync(`/proc/${pid}/environ`, 'utf8')
          .split('\0')
          .includes(`HOME=${jobsHome}`)
      );
    } catch {
      return false;
    }
  });
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

function killAll(group, signal) {
  kill(-group, signal);
  strays().forEach(pid => kill(pid, signal));
}

try {
  // The one who creates this file is the one who runs the pipeline.
  fs.writeFileSync(
    fileOf('process.json'),
    JSON.stringify({
      pid: process.pid,
      startTicks: startTicks(process.pid),
      startedAt: startTime,
    }),
    { flag: 'wx' },
  );
} catch (error) {
  process.exit(error.code === 'EEXIST' ? 0 : 1);
}

const output = fs.openSync(fileOf('output'), 'a', 0o600);
let written = 0;
let rest = '';
let reason = 'exited';
let problem;
let ended = false;

// One pipe for both streams keeps what is printed in its order.
const child = spawn(
  '/bin/sh',
  ['-c', 'exec "$@" 2>&1', 'sh', command, ...args],
  {
    cwd,
    env,
    uid,
    gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  },
);

function finish(exitCode) {
  if (ended) return;
  ended = true;
  if (rest) write([rest]);
  if (child.pid) killAll(child.pid, 'SIGKILL');
  writeWhole('result.json', {
    reason,
    exitCode,
    problem,
    endedAt: Date.now(),
  });
  process.exit(0);
}

function stop(why) {
  if (reason !== 'exited') return;
  reason = why;
  killAll(child.pid, 'SIGTERM');
  setTimeout(() => {
    killAll(child.pid, 'SIGKILL');
    // What still holds the output open, if anything does, is not of this pipeline any more.
    setTimeout(() => finish(undefined), 1000);
  }, GRACE_MS);
}

function write(lines) {
  // Jobs that are being killed seem to end well to gitlab-ci-local.
  if (reason !== 'exited') return;
  const now = Date.now();
  const text = lines
    .map(line => `${now} ${line.slice(0, MAXIMUM_LINE)}\n`)
    .join('');
  written += Buffer.byteLength(text);
  if (written > MAXIMUM_OUTPUT) {
    stop('flooded');
    return;
  }
  try {
    fs.writeSync(output, text);
  } catch (error) {
    problem = error.code;
    stop('unwritable');
  }
}

function read(text) {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  if (rest.length > MAXIMUM_LINE) {
    lines.push(rest);
    rest = '';
  }
  if (lines.length > 0) write(lines);
}

child.stdout.setEncoding('utf8');
child.stdout.on('data', read);
child.on('error', error => {
  problem = error.message;
  finish(undefined);
});
child.on('exit', (code, signal) => {
  // A process that outlived its job may hold the output open.
  killAll(child.pid, 'SIGKILL');
  if (signal && reason === 'exited') problem = signal;
});
child.on('close', code => finish(code ?? undefined));
process.on('SIGTERM', () => stop('stopped'));
process.on('SIGINT', () => stop('stopped'));
process.on('SIGHUP', () => {});
setTimeout(() => stop('timed-out'), Math.max(0, deadline - Date.now()));
