/**
 * What one part of the tests came to.
 *
 * @typedef {{ passed: number, failed: number, output?: string }} Result
 */

/**
 * @param {Result[]} results
 * @returns {{ passed: number, failed: number }}
 */
export function sum(results) {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
  };
}

/**
 * Reads Jest's report. A file that could not run at all counts as one failed test.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number }} report
 * @returns {{ passed: number, failed: number }}
 */
export function readJestReport(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
  };
}

/**
 * Reads the counts at the end of `node --test` output.
 *
 * @param {string} output - of the `tap` or `spec` reporter
 * @returns {{ passed: number, failed: number }}
 */
export function readNodeTestOutput(output) {
  const count = name =>
    Number(output.match(new RegExp(`^[#ℹ] ${name} (\\d+)`, 'm'))?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail') + count('cancelled') };
}

/**
 * Reads Playwright's JSON report. A test that passed only when repeated counts as failed, and so
 * does an error outside of any test.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} report
 * @returns {{ passed: number, failed: number }}
 */
export function readPlaywrightReport({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  };
}

/**
 * A process that failed although no test did has failed as a whole.
 *
 * @param {{ passed: number, failed: number }} counts
 * @param {{ code: number, output: string }} process
 * @returns {Result}
 */
export function withExitCode(counts, { code, output }) {
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  return { ...counts, failed, output: failed > 0 ? output : undefined };
}
