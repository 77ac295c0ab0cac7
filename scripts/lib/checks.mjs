import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findBrokenLinks } from './docLinks.mjs';
import { findMachinePaths } from './machinePaths.mjs';
import { outputOf } from './command.mjs';
import { root } from './paths.mjs';

const bin = name => path.join(root, 'node_modules/.bin', name);

/**
 * One part of `npm test`.
 *
 * @typedef {object} Part
 * @property {string} name - as in `npm test -- <name>`
 * @property {string} title
 * @property {(context: PartContext) => Promise<import('./results.mjs').Result>} run
 *
 * @typedef {object} PartContext
 * @property {(command: string, args: string[], options?: { env?: NodeJS.ProcessEnv, cwd?: string }) => Promise<{ code: number, output: string }>} run
 * @property {string[]} jestArguments - what follows a second `--`
 * @property {string} outputDir - where reports may be written
 */

/**
 * A check that passes or fails as a whole.
 *
 * @param {string} name
 * @param {string} title
 * @param {string[]} command
 * @returns {Part}
 */
function commandCheck(name, title, command) {
  return {
    name,
    title,
    run: async ({ run }) => {
      const { code, output } = await run(process.execPath, command);
      return code === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1, output };
    },
  };
}

/**
 * A check of the files under version control.
 *
 * @param {string} name
 * @param {string} title
 * @param {(files: Map<string, string>) => string[]} find - the faults, one line each
 * @returns {Part}
 */
function fileCheck(name, title, find) {
  return {
    name,
    title,
    run: async () => {
      const faults = find(readTrackedFiles());
      return faults.length === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1, output: faults.join('\n') };
    },
  };
}

/** @type {Part[]} */
export const checks = [
  commandCheck('format', 'Format', [
    bin('prettier'),
    '--check',
    '--log-level=warn',
    '.',
  ]),
  commandCheck('lint', 'Lint of the workspaces', [
    bin('backstage-cli'),
    'repo',
    'lint',
    '--max-warnings=0',
  ]),
  commandCheck('lint-scripts', 'Lint of the scripts', [
    bin('eslint'),
    '--max-warnings=0',
    '--ext=.mjs,.cjs,.js,.ts',
    '--ignore-pattern=!.*',
    'scripts',
    'playwright.config.ts',
    '.dependency-cruiser.cjs',
  ]),
  commandCheck('types', 'Types', [bin('tsc'), '--noEmit']),
  commandCheck('boundaries', 'Who may import whom', [
    bin('depcruise'),
    '--config=.dependency-cruiser.cjs',
    '--output-type=err',
    'packages',
    'plugins',
  ]),
  fileCheck('links', 'Links in the documentation', findBrokenLinks),
  fileCheck('paths', 'No paths of one machine', findMachinePaths),
];

/** The text files under version control, and those about to be, by path. */
function readTrackedFiles() {
  const names = outputOf('git', [
    '-C',
    root,
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  return new Map(
    (names ?? '')
      .split('\n')
      .filter(name => /\.([cm]?[jt]sx?|json|ya?ml|md|sh|html)$|run$/.test(name))
      .flatMap(name => {
        try {
          return [[name, readFileSync(path.join(root, name), 'utf8')]];
        } catch {
          return [];
        }
      }),
  );
}
