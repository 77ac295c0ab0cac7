import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * The first executable of that name on the PATH.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function findOnPath(name) {
  return allOnPath(name)[0];
}

/**
 * Every executable of that name on the PATH, in order.
 *
 * @param {string} name
 * @returns {string[]}
 */
export function allOnPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map(directory => path.join(directory, name))
    .filter(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What a quick command prints, or nothing when it fails or does not exist.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {string | undefined}
 */
export function outputOf(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs a command with its output in a file.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, logFile: string, append?: boolean  }} options
 * @returns {Promise<number>} its exit code; 1 when it was ended by a signal or could not start
 */
export async function runLogged(command, args, options) {
  const log = openSync(options.logFile, options.append ? 'a' : 'w', 0o600);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: options.cwd,
        env: options.env ?? process.env,
        stdio: ['ignore', log, log],
      });
      const endWithParent = () => child.kill();
      process.once('exit', endWithParent);
      child.once('error', reject);
      child.once('exit', code => {
        process.off('exit', endWithParent);
        resolve(code ?? 1);
      });
    });
  } finally {
    closeSync(log);
  }
}

/**
 * The last lines of a file, for messages, without stack frames.
 *
 * @param {string} file
 * @param {number} [count]
 */
export function lastLines(file, count = 20) {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .filter(line => !/^\s+at /.test(line))
    .slice(-count)
    .join('\n');
}
