import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const ignoredFolders = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'e2e-tests',
  'test-results',
]);
const ignoredFiles = /\.test\.[cm]?[jt]sx?$/;

/**
 * A digest of the content of files and folders: equal when nothing that a build reads has
 * changed. Build outputs and tests do not count; neither do modification times.
 *
 * @param {string} base - paths are named relative to this folder, so a moved checkout stays equal
 * @param {string[]} entries - files and folders; those that do not exist count as absent
 * @returns {string}
 */
export function fingerprint(base, entries) {
  const hash = createHash('sha256');
  const visit = entry => {
    if (!existsSync(entry)) return;
    if (statSync(entry).isDirectory()) {
      readdirSync(entry)
        .filter(name => !ignoredFolders.has(name))
        .sort()
        .forEach(name => visit(path.join(entry, name)));
    } else if (!ignoredFiles.test(entry)) {
      hash.update(`${path.relative(base, entry)}\0`);
      hash.update(createHash('sha256').update(readFileSync(entry)).digest());
    }
  };
  entries.forEach(visit);
  return hash.digest('hex');
}
