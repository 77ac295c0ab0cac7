import { readFileSync } from 'node:fs';

/**
 * The resident memory of processes and of what they started themselves: a service may be below a shell or bubblewrap.
 * Nothing where none is left or the system doesn't tell.
 */
export function memoryOf(pids: number[]): { memoryBytes?: number } {
  if (pids.length === 0 || process.platform !== 'linux') {
    return {};
  }
  try {
    const kilobytes = pids.flatMap(withChildren).map(residentKilobytes);
    return { memoryBytes: kilobytes.reduce((sum, each) => sum + each) * 1024 };
  } catch {
    return {};
  }
}

function withChildren(pid: number): Array<number | string> {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
  return [pid, ...children.split(' ').filter(Boolean)];
}

function residentKilobytes(pid: number | string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}
