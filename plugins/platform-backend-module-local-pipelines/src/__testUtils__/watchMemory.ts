import { readFileSync } from 'node:fs';
import path from 'node:path';

const LOOK_EVERY_MS = 20;

/**
 * Follows the memory that a pipeline costs outside of its jobs, in bytes: what this process gained while it
 * followed the pipeline, and the peak of the one that supervises it (0 where the system doesn't tell).
 */
export function watchMemory(workspace: string) {
  const before = process.memoryUsage.rss();
  let gained = 0;
  let supervisor = 0;
  const look = () => {
    gained = Math.max(gained, process.memoryUsage.rss() - before);
    supervisor = Math.max(supervisor, peakOf(workspace));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      look();
      return { gained, supervisor };
    },
  };
}

function peakOf(workspace: string): number {
  try {
    const file = path.join(workspace, 'control/process.json');
    const { pid } = JSON.parse(readFileSync(file, 'utf8'));
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
