import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs an ordinary git client that knows nothing of this machine's settings and never asks. */
export async function git(
  directory: string,
  ...parameters: string[]
): Promise<string> {
  const { stdout, stderr } = await run('git', parameters, {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Mara',
      GIT_AUTHOR_EMAIL: 'mara@example.com',
      GIT_COMMITTER_NAME: 'Mara',
      GIT_COMMITTER_EMAIL: 'mara@example.com',
    },
  });
  return stdout + stderr;
}

/** Puts a token into a clone URL, as a person's credential helper would. */
export function withToken(
  cloneUrl: string,
  user: string,
  token: string,
): string {
  const url = new URL(cloneUrl);
  url.username = user;
  url.password = token;
  return url.href;
}
