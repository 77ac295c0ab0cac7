import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { builds, ensureBuilt } from '../../scripts/lib/builds.mjs';

const run = promisify(execFile);
const command = path.join(
  import.meta.dirname,
  '../../plugins/platform-backend-module-local-pipelines/runner/bin/slipway-scan',
);

/**
 * Scans a rendered skeleton as its pipeline does, with all of its files kept in git.
 *
 * @param {string} folder
 * @returns {Promise<{ code: number, output: string, report: (name: string) => Promise<any> }>}
 */
export async function scan(folder) {
  await ensureBuilt(builds.scanner, { logsDir: tmpdir() });
  await run('git', ['init', '--quiet'], { cwd: folder });
  await run('git', ['add', '--all'], { cwd: folder });
  const { code, output } = await run(command, [], { cwd: folder }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    error => ({ code: error.code, output: `${error.stdout}${error.stderr}` }),
  );
  return {
    code,
    output,
    report: async name =>
      JSON.parse(await readFile(path.join(folder, 'reports', name), 'utf8')),
  };
}

/** Scans it, and makes sure that nothing is wrong with it. */
export async function passScan(folder) {
  const { code, output, report } = await scan(folder);
  assert.equal(code, 0, output);
  assert.match(output, /^Secrets: 0 found\.$/m);
  assert.match(
    output,
    /^Licences: \d\d+ packages, 0 whose licence is not allowed\.$/m,
  );
  return { output, report };
}
