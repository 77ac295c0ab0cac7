import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const maximumBytes = 10 * 1024 * 1024;

/**
 * Keeps a log file bounded: a full one becomes `<file>.1` and starts anew. Its writer keeps
 * appending to the same open file, so it needs no pipe to the starter and outlives it.
 *
 * @param {string} file
 * @param {number} [limit] - in bytes
 */
export function rotate(file, limit = maximumBytes) {
  if (!existsSync(file) || statSync(file).size < limit) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}

/**
 * The size of a log file now: where what a process writes from here on begins.
 *
 * @param {string} file
 */
export function sizeOf(file) {
  return existsSync(file) ? statSync(file).size : 0;
}

/**
 * Waits until a line written after `offset` satisfies `match`.
 *
 * @template T
 * @param {string} file
 * @param {number} offset
 * @param {(line: string) => T | undefined} match
 * @param {{ timeout: number, isAlive: () => boolean }} options - `timeout` in milliseconds
 * @returns {Promise<T | undefined>} nothing when the writer died or the time was up
 */
export async function waitForLine(file, offset, match, options) {
  const deadline = performance.now() + options.timeout;
  for (;;) {
    const alive = options.isAlive();
    const found = textSince(file, offset).split('\n').map(match).find(Boolean);
    if (found) return found;
    if (!alive || performance.now() > deadline) return undefined;
    await sleep(25);
  }
}

/**
 * What was written to a file after `offset`.
 *
 * @param {string} file
 * @param {number} offset
 */
export function textSince(file, offset) {
  const length = sizeOf(file) - offset;
  if (length <= 0) return '';
  const buffer = Buffer.alloc(length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, buffer, 0, length, offset);
  } finally {
    closeSync(descriptor);
  }
  return buffer.toString('utf8');
}
