import { execFile } from 'node:child_process';

/** A folder that takes longer is looked at next time, in milliseconds. */
const TIMEOUT_MS = 60_000;
const KIBIBYTE = 1024;

/**
 * What a folder takes on disk, in bytes; `undefined` where that can't be told. `du` looks, in a process of its own: thousands of files
 * would hold up the requests that the agent passes on.
 */
export function diskUse(directory: string): Promise<number | undefined> {
  return new Promise(resolve => {
    execFile(
      'du',
      ['-sk', directory],
      { timeout: TIMEOUT_MS, env: { PATH: process.env.PATH, LC_ALL: 'C' } },
      // It fails where a file went away while it looked, and tells the sum all the same.
      (_error, stdout) => {
        const kibibytes = /^(\d+)\s/.exec(stdout)?.[1];
        resolve(kibibytes ? Number(kibibytes) * KIBIBYTE : undefined);
      },
    );
  });
}
