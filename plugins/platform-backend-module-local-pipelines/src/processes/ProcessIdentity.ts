import { readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same pid where the system allows it. */
export interface ProcessIdentity {
  pid: number;
  /** The clock tick at which Linux started it. */
  startTicks?: string;
}

/** Whether that very process still runs. */
export function isRunning({ pid, startTicks }: ProcessIdentity): boolean {
  if (startTicks !== undefined) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[19] === startTicks && fields[0] !== 'Z';
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: then it is somebody else's by now.
    return false;
  }
}
