import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, as Linux reports processor times. */
const TICKS = 100;

/**
 * The processor time that processes and those they have ended used so far, in seconds; `undefined` where the system doesn't tell.
 *
 * @param {number[]} pids
 */
export function processorSeconds(pids) {
  if (process.platform !== 'linux') return undefined;
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) / TICKS;
}

/**
 * A process and its children: PostgreSQL's server has one for each connection.
 *
 * @param {number} pid
 */
export function withChildren(pid) {
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => Number(statOf(name)?.[1]) === pid)
    .map(Number);
  return [pid, ...children];
}

/** User and system time, of the process itself and of children that have ended. */
function ticksOf(pid) {
  const fields = statOf(pid);
  return fields
    ? [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
    : 0;
}

/** The fields from the state on: state, parent, ... */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
