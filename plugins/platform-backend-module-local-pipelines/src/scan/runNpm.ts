import { execFile } from 'node:child_process';

const MAXIMUM_OUTPUT = 64 * 1024 * 1024;

/**
 * Runs npm and reads the JSON that it prints, whether or not it was content. Throws where it prints none, or takes too long.
 *
 * @param timeoutMs - in milliseconds
 */
export function runNpm(
  directory: string,
  args: string[],
  timeoutMs: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    execFile(
      'npm',
      args,
      { cwd: directory, maxBuffer: MAXIMUM_OUTPUT, timeout: timeoutMs },
      (error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout));
        } catch {
          reject(
            error?.killed
              ? new Error(`npm ${args[0]} took more than ${timeoutMs / 1000} s`)
              : new Error(stderr.trim() || String(error)),
          );
        }
      },
    );
  });
}
