import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readLinuxStat } from './processIdentity';

/** The ids of all running processes of a group; one that ended and waits to be collected doesn't count. */
export function listProcessGroup(group: number): number[] {
  return process.platform === 'linux' ? listLinux(group) : listPortable(group);
}

/** Sends a signal to every process of a group; a group that is gone is fine. */
export function signalProcessGroup(
  group: number,
  signal: 'SIGTERM' | 'SIGKILL',
): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nothing of it is left.
  }
}

function listLinux(group: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      const stat = readLinuxStat(name);
      return stat?.group === group && stat.state !== 'Z' && stat.state !== 'X';
    })
    .map(Number);
}

function listPortable(group: number): number[] {
  try {
    return execFileSync('ps', ['-axo', 'pid=,pgid=,stat='], {
      encoding: 'utf8',
    })
      .split('\n')
      .map(line => line.trim().split(/\s+/))
      .filter(
        ([, pgid, stat]) => Number(pgid) === group && !stat.startsWith('Z'),
      )
      .map(([pid]) => Number(pid));
  } catch {
    return [];
  }
}
