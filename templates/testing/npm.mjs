import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs what a rendered skeleton's lock file names. */
export async function npmCi(folder) {
  await run('npm', ['ci', '--prefer-offline'], { cwd: folder });
}

/**
 * Runs a rendered skeleton's own tests; throws with what they print when one fails.
 *
 * @param {string} folder
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ passed: number, skipped: number }>}
 */
export async function npmTest(folder, env = {}) {
  // Node's test runner runs nothing where it finds that a test runs it.
  const { NODE_TEST_CONTEXT: _, ...outer } = process.env;
  const { stdout } = await run('npm', ['test'], {
    cwd: folder,
    env: { ...outer, ...env },
  }).catch(error => {
    throw new Error(`npm test failed:\n${error.stdout}\n${error.stderr}`);
  });
  const count = what =>
    Number(new RegExp(`^. ${what} (\\d+)$`, 'm').exec(stdout)?.[1]);
  return { passed: count('pass'), skipped: count('skipped') };
}
