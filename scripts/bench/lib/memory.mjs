import { execFileSync } from 'node:child_process';

/**
 * The resident memory of a process, in megabytes (10^6 bytes), as `ps` tells it.
 *
 * @param {number} pid
 */
export function residentMegabytes(pid) {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return Math.round((Number(kibibytes) * 1024) / 1e6);
}
