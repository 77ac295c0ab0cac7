import { existsSync } from 'node:fs';
import { findOnPath } from './command.mjs';
import { UserError } from './UserError.mjs';

/**
 * How to run npm under the Node of this process: the npm that started this command, else
 * the one on the PATH.
 *
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand() {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) {
    return { command: process.execPath, args: [cli] };
  }
  const npm = findOnPath('npm');
  if (!npm) {
    throw new UserError(
      'npm is not on the PATH. It comes with Node: https://nodejs.org',
    );
  }
  return { command: npm, args: [] };
}
