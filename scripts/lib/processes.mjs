import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf } from './command.mjs';

/**
 * A process that cannot be mistaken for a later one with the same id.
 *
 * @typedef {{ pid: number, startedAt: string }} ProcessIdentity
 */

/**
 * @param {number} pid
 * @returns {ProcessIdentity | undefined} nothing when there is no such process
 */
export function identify(pid) {
  const startedAt = startTime(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/**
 * Whether exactly this process still runs.
 *
 * @param {ProcessIdentity | undefined} identity
 */
export function isRunning(identity) {
  return (
    identity !== undefined && startTime(identity.pid) === identity.startedAt
  );
}

/**
 * Ends a process: asks, waits, then forces.
 *
 * @param {ProcessIdentity} identity
 * @param {{ signal?: NodeJS.Signals, patience?: number }} [options] - `patience` in milliseconds
 * @returns {Promise<boolean>} whether it ended by itself when asked
 */
export async function end(identity, options = {}) {
  const { signal = 'SIGTERM', patience = 10_000 } = options;
  if (!isRunning(identity)) return true;
  process.kill(identity.pid, signal);
  if (await hasEnded(identity, patience)) return true;
  process.kill(identity.pid, 'SIGKILL');
  await hasEnded(identity, 5_000);
  return false;
}

async function hasEnded(identity, patience) {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    if (!isRunning(identity)) return true;
    await sleep(25);
  }
  return !isRunning(identity);
}

/** When the process started, in the words of this operating system; a zombie has ended. */
function startTime(pid) {
  if (process.platform !== 'linux') {
    return outputOf('ps', ['-o', 'lstart=', '-p', String(pid)]) || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    return state === 'Z' || state === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
