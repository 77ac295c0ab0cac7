import { execFile } from 'node:child_process';
import { devNull } from 'node:os';

/** How a git command of a person's ended. */
export interface GitClientResult {
  code: number;
  /** Everything it printed. */
  output: string;
}

/** Runs git as a person would, with nobody there to answer questions. */
export function runGitClient(
  directory: string,
  ...args: string[]
): Promise<GitClientResult> {
  return new Promise(resolve => {
    execFile(
      'git',
      args,
      {
        cwd: directory,
        env: {
          PATH: process.env.PATH,
          HOME: directory,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: devNull,
          GIT_TERMINAL_PROMPT: '0',
          GIT_AUTHOR_NAME: 'Mara',
          GIT_AUTHOR_EMAIL: 'mara@example.com',
          GIT_COMMITTER_NAME: 'Mara',
          GIT_COMMITTER_EMAIL: 'mara@example.com',
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        const code = error ? Number(error.code ?? 1) : 0;
        resolve({ code, output: `${stdout}${stderr}` });
      },
    );
  });
}
