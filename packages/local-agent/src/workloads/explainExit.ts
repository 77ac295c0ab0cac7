import { statfs } from 'node:fs/promises';
import type { Failure, WorkloadLogLine } from '@slipway/plugin-platform-common';
import type { ProcessExit } from '../processes/ManagedProcess';

/** Less than this is as good as none, in bytes. */
const FULL_BELOW_BYTES = 1024 * 1024;

/** Says how a process ended: `exited with code 1`, `was killed by SIGKILL`. */
export function describeExit(exit: ProcessExit): string {
  if (exit.signal) {
    return `was killed by ${exit.signal}`;
  }
  return exit.code === undefined ? 'ended' : `exited with code ${exit.code}`;
}

/** Whether a process ended because its port was taken before it came to listen on it. */
function lostItsPort(lines: WorkloadLogLine[], port: number): boolean {
  return lines.some(
    ({ text }) =>
      /EADDRINUSE|address already in use/i.test(text) &&
      text.includes(String(port)),
  );
}

/** A sentence to add where the disk is full, since a service then often ends without saying why. */
export async function describeFullDisk(directory: string): Promise<string> {
  const space = await statfs(directory).catch(() => undefined);
  return space && space.bavail * space.bsize < FULL_BELOW_BYTES
    ? ' The disk that holds its files and logs is full.'
    : '';
}

/**
 * Explains a process that ended before it was ready; `undefined` where another program took its port, so
 * that it deserves another one.
 */
export async function explainStartExit(
  label: string,
  exit: ProcessExit,
  lines: WorkloadLogLine[],
  { port, directory }: { port: number; directory: string },
): Promise<Failure | undefined> {
  if (lostItsPort(lines, port)) {
    return undefined;
  }
  const last = lines.map(line => line.text).filter(text => text.trim());
  return {
    message: `${label} ${describeExit(exit)} before it became ready.${await describeFullDisk(directory)}`,
    hint:
      last.length > 0
        ? `Its last lines:\n${last.join('\n')}`
        : 'It printed nothing. Start its command by hand to see what it does.',
  };
}
