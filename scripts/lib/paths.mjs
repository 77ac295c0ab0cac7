import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Whether this process is root: PostgreSQL and pipeline jobs then run as other users. */
export const isRoot = process.getuid?.() === 0;

/**
 * Whether every existing folder on the way to `target` may be entered by any user.
 *
 * @param {string} target
 */
export function isTraversable(target) {
  for (let current = path.resolve(target); ; current = path.dirname(current)) {
    const enterable = !existsSync(current) || statSync(current).mode % 2 === 1;
    if (!enterable) return false;
    if (current === path.dirname(current)) return true;
  }
}

/**
 * Decides where Slipway keeps its data: `SLIPWAY_DATA`, else `.slipway` in the
 * checkout, else (root's checkout is in a folder that the `postgres` user cannot
 * enter) a folder of the machine's own for state.
 *
 * @returns {{ dataDir: string, note?: string }} the folder, and what to tell the person about it
 */
export function chooseDataDir() {
  if (process.env.SLIPWAY_DATA) {
    return { dataDir: path.resolve(process.env.SLIPWAY_DATA) };
  }
  if (!isRoot || isTraversable(root)) {
    return { dataDir: path.join(root, '.slipway') };
  }
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 8);
  const state = existsSync('/var/lib') ? '/var/lib/slipway' : os.tmpdir();
  const dataDir = path.join(state, `${path.basename(root)}-${digest}`);
  return {
    dataDir,
    note: `Data is kept in ${dataDir}: PostgreSQL cannot run as root, and no other user may enter ${root}.`,
  };
}

/**
 * Creates the data folder and its fixed parts. Only its owner may look inside;
 * where root owns it, the users that PostgreSQL and jobs run as may pass through.
 *
 * @param {string} dataDir
 */
export function prepareDataDir(dataDir) {
  const mode = isRoot ? 0o711 : 0o700;
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, mode);
  mkdirSync(path.join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
}
