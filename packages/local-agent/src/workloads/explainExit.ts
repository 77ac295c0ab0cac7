import { statfs } from 'node:fs/promises';
import type { WorkloadLogLine } from '@slipway/plugin-platform-common';
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

/** Tells whether a process ended because its port was taken before it came to listen on it. */
export function lostItsPort(lines: WorkloadLogLine[], port: number): boolean {
  return lines.some(
    ({ text }) =>
      /EADDRINUSE|address already in use/i.test(text) &&
      text.includes(String(port)),
  );
}

/** A sentence to add where the disk is full, since a service then often ends without saying why. */
export async function describeFullDisk(directory: string): Promise<string> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize < FULL_BELOW_BYTES
    ? ' The disk that holds its files and logs is full.'
    : '';
}
