import { readFileSync } from 'node:fs';

/** The resident memory of a process; nothing where it is gone or the system doesn't tell. */
export function memoryOf(pid: number | undefined): { memoryBytes?: number } {
  if (pid === undefined || process.platform !== 'linux') {
    return {};
  }
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes ? { memoryBytes: Number(kilobytes) * 1024 } : {};
  } catch {
    return {};
  }
}
