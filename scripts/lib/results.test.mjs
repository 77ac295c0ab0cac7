import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readJestReport,
  readNodeTestOutput,
  readPlaywrightReport,
  sum,
  withExitCode,
} from './results.mjs';

test('counts of all parts are summed', () => {
  assert.deepEqual(
    sum([
      { passed: 3, failed: 0 },
      { passed: 0, failed: 1, output: 'why' },
    ]),
    { passed: 3, failed: 1 },
  );
});

test('a test file that could not run counts as failed', () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 2,
  };
  assert.deepEqual(readJestReport(report), { passed: 4, failed: 3 });
});

test('a browser test that needed a second try counts as failed', () => {
  const report = {
    stats: { expected: 5, unexpected: 0, flaky: 1 },
    errors: [{ message: 'global setup failed' }],
  };
  assert.deepEqual(readPlaywrightReport(report), { passed: 5, failed: 2 });
});

test("Node's own reporter is understood in both forms", () => {
  const expected = { passed: 7, failed: 3 };
  assert.deepEqual(
    readNodeTestOutput('# pass 7\n# fail 2\n# cancelled 1\n'),
    expected,
  );
  assert.deepEqual(
    readNodeTestOutput('ℹ pass 7\nℹ fail 2\nℹ cancelled 1\n'),
    expected,
  );
});

test('a command that failed without a failed test has failed', () => {
  assert.deepEqual(
    withExitCode({ passed: 2, failed: 0 }, { code: 1, output: 'crashed' }),
    { passed: 2, failed: 1, output: 'crashed' },
  );
});
