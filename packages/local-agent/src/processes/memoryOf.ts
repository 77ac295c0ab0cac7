import { readFileSync } from 'node:fs';

/**
 * The resident memory of a process and of what it started itself: the service may be below a shell or bubblewrap.
 * Nothing where it is gone or the system doesn't tell.
 */
export function memoryOf(pid: number | undefined): { memoryBytes?: number } {
  if (pid === undefined || process.platform !== 'linux') {
    return {};
  }
  try {
    const children = readFileSync(
      `/proc/${pid}/task/${pid}/children`,
      'latin1',
    );
    const kilobytes = [pid, ...children.split(' ').filter(Boolean)].map(
      residentKilobytes,
    );
    return { memoryBytes: kilobytes.reduce((sum, each) => sum + each) * 1024 };
  } catch {
    return {};
  }
}

function residentKilobytes(pid: number | string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}
