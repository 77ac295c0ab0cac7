import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process beyond doubt: its id, and when it started, because ids are used again. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque; equal for the same process only. */
  startedAt: string;
}

/** Tells which process has an id now; `undefined` where none has, or only one that has ended. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt =
    process.platform === 'linux' ? linuxStart(pid) : portableStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Tells whether a process that was recorded earlier still runs. */
export function isSameProcess(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/** State, process group and start time as proc(5) describes them under `/proc/pid/stat`. */
export function readLinuxStat(
  pid: number | string,
): { state: string; group: number; startTicks: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      state: fields[0],
      group: Number(fields[2]),
      startTicks: fields[19],
    };
  } catch {
    return undefined;
  }
}

let bootId: string | undefined;

function linuxStart(pid: number): string | undefined {
  const stat = readLinuxStat(pid);
  if (!stat || stat.state === 'Z' || stat.state === 'X') {
    return undefined;
  }
  // Ticks count from boot, so that the boot has to be part of the identity.
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  return `${bootId}:${stat.startTicks}`;
}

function portableStart(pid: number): string | undefined {
  try {
    const [state, ...start] = execFileSync(
      'ps',
      ['-o', 'stat=,lstart=', '-p', String(pid)],
      { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' } },
    )
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}
