import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './machine.mjs';
import { pageSnapshots } from './pageSnapshots.mjs';
import { builds, ensureBuilt } from './builds.mjs';
import { root } from './paths.mjs';
import {
  readJestReport,
  readNodeTestOutput,
  readPlaywrightReport,
  withExitCode,
} from './results.mjs';
import { withPostgres } from './withPostgres.mjs';

const bin = name => path.join(root, 'node_modules/.bin', name);

/** @type {import('./checks.mjs').Part[]} */
export const suites = [
  {
    name: 'scripts',
    title: 'Tests of the scripts',
    run: context => runNodeTests(context, 'scripts/**/*.test.mjs'),
  },
  {
    name: 'templates',
    title: 'Golden tests of the templates',
    run: context => runNodeTests(context, 'templates/*/test/*.test.mjs'),
  },
  {
    name: 'unit',
    title: 'Unit and integration tests',
    run: runJest,
  },
  {
    name: 'faults',
    title: 'Fault test, the short form',
    run: runFaults,
  },
  {
    name: 'e2e',
    title: 'Browser tests',
    run: runPlaywright,
  },
];

async function runNodeTests({ run }, pattern) {
  const files = globSync(pattern, {
    cwd: root,
    exclude: name => name === 'node_modules' || name === 'skeleton',
  });
  if (files.length === 0) return { passed: 0, failed: 0 };
  const result = await run(process.execPath, [
    '--test',
    '--test-reporter=spec',
    ...files.sort(),
  ]);
  return withExitCode(readNodeTestOutput(result.output), result);
}

async function runJest({ run, jestArguments, outputDir }) {
  const reportFile = path.join(outputDir, 'jest.json');
  rmSync(reportFile, { force: true });
  return await withPostgres(async connectionString => {
    const result = await run(
      process.execPath,
      [
        bin('backstage-cli'),
        ...['repo', 'test', '--watch=false', '--passWithNoTests'],
        ...['--json', `--outputFile=${reportFile}`],
        ...jestArguments,
      ],
      {
        env: {
          CI: '1',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
            connectionString,
        },
      },
    );
    const counts = existsSync(reportFile)
      ? readJestReport(JSON.parse(readFileSync(reportFile, 'utf8')))
      : { passed: 0, failed: 0 };
    return withExitCode(counts, result);
  });
}

/** Fails only where a promise was broken; targets that a busy machine misses are for the full form to tell. */
async function runFaults({ run }) {
  const { code, output } = await run(process.execPath, [
    'scripts/faults.mjs',
    '--short',
  ]);
  return code === 0
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: 1, output };
}

async function runPlaywright({ run, outputDir }) {
  await Promise.all(
    Object.values(builds).map(build =>
      ensureBuilt(build, { logsDir: outputDir }),
    ),
  );
  const reportFile = path.join(outputDir, 'playwright.json');
  rmSync(reportFile, { force: true });
  const result = await run(
    process.execPath,
    [bin('playwright'), 'test', '--pass-with-no-tests'],
    {
      env: {
        SLIPWAY_CHROMIUM: findChromium(),
        SLIPWAY_PLAYWRIGHT_REPORT: reportFile,
      },
    },
  );
  const counts = existsSync(reportFile)
    ? readPlaywrightReport(JSON.parse(readFileSync(reportFile, 'utf8')))
    : { passed: 0, failed: 0 };
  return withExitCode(counts, {
    ...result,
    output: result.output + pageSnapshots(path.join(outputDir, 'e2e')),
  });
}
