import { execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Launch } from './createLaunch';
import { SUPERVISOR } from './createLaunch';
import type { Workspace } from './Workspace';

const run = promisify(execFile);
/** How long jobs have to end by themselves once they are told to, in milliseconds. */
const GRACE = 5_000;
/** How long a supervisor may take from its claim to writing its id down, in milliseconds. */
const CLAIM = 5_000;

/** Starts a pipeline so that it outlives this process. Started twice, it runs once. */
export async function startProcess(
  workspace: Workspace,
  launch: Launch,
): Promise<void> {
  const child = spawn(
    '/bin/sh',
    [SUPERVISOR, workspace.supervision, launch.command, ...launch.options],
    {
      cwd: workspace.supervision,
      detached: true,
      env: launch.environment,
      stdio: 'ignore',
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
}

/** Whether a pipeline that was started still runs. */
export async function isRunning(workspace: Workspace): Promise<boolean> {
  const pid = await workspace.pid();
  if (pid === undefined) {
    return Date.now() - (await workspace.startedAt()) < CLAIM;
  }
  return belongs(pid, workspace);
}

/** Ends all processes of a pipeline; resolves when none is left. */
export async function endProcess(workspace: Workspace): Promise<void> {
  while (
    (await workspace.isClaimed()) &&
    (await workspace.pid()) === undefined &&
    (await isRunning(workspace))
  ) {
    await delay(10);
  }
  const pid = await workspace.pid();
  if (pid !== undefined && (await belongs(pid, workspace))) {
    signalGroup(pid, 'SIGTERM');
    const until = Date.now() + GRACE;
    while (Date.now() < until && (await belongs(pid, workspace))) {
      await delay(20);
    }
    if (await belongs(pid, workspace)) {
      // Without the supervisor, bubblewrap takes all of its process namespace down.
      signalGroup(pid, 'SIGKILL');
    }
  }
  for (;;) {
    const left = await findLeftovers(workspace);
    if (left.length === 0) {
      return;
    }
    left.forEach(process => signal(process, 'SIGKILL'));
    await delay(20);
  }
}

/**
 * Process ids are used again; a command line that names this pipeline's directory is its supervisor's
 * alone, whatever was restarted since.
 */
async function belongs(pid: number, workspace: Workspace): Promise<boolean> {
  try {
    const { stdout } = await run('ps', ['-ww', '-o', 'args=', '-p', `${pid}`]);
    return stdout.includes(workspace.supervision);
  } catch {
    return false;
  }
}

/** Processes that left the group: they still carry the home directory of their pipeline. */
async function findLeftovers(workspace: Workspace): Promise<number[]> {
  if (process.platform !== 'linux') {
    return [];
  }
  const marker = Buffer.from(`\0HOME=${workspace.home}\0`);
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async pid => {
      try {
        const environment = await readFile(path.join('/proc', pid, 'environ'));
        return Buffer.concat([Buffer.from([0]), environment]).includes(marker)
          ? [Number(pid)]
          : [];
      } catch {
        // Ended meanwhile, or another user's: not ours.
        return [];
      }
    }),
  );
  return found.flat();
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  signal(-pid, name);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(
      error instanceof Error &&
      'code' in error &&
      error.code === 'ESRCH'
    )) {
      throw error;
    }
  }
}
