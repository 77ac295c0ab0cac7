import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { checks } from './checks.mjs';
import {
  dependenciesAreCurrent,
  installDependencies,
} from './dependencies.mjs';
import { meetNeeds, needsOfTests } from './machine.mjs';
import { root } from './paths.mjs';
import { Progress } from './Progress.mjs';
import { sum } from './results.mjs';
import { suites } from './suites.mjs';
import { UserError } from './UserError.mjs';

const parts = [...checks, ...suites];
/** Parts that go together under one name. */
const groups = {
  all: parts.map(({ name }) => name),
  lint: ['format', 'lint', 'lint-scripts', 'boundaries', 'links', 'paths'],
};

/**
 * The whole of `npm test` once it runs on the right Node: installs what is missing, runs the parts,
 * prints what failed, and ends with the count.
 *
 * @param {string[]} names - parts or groups; none means all
 * @param {string[]} jestArguments
 * @returns {Promise<number>} the exit code
 */
export async function runTests(names, jestArguments) {
  const chosen = chooseParts(names);
  const progress = new Progress();
  const outputDir = path.join(root, 'test-results');
  mkdirSync(outputDir, { recursive: true });
  await prepare(progress, outputDir, chosen);

  const context = { run: runCaptured, jestArguments, outputDir };
  const results = new Map();
  const runAll = async some => {
    for (const part of some) {
      results.set(part, await runPart(part, context, progress));
    }
  };
  // Checks and small suites use one core beside Jest; the browser and the backends that are killed have the machine to themselves.
  const isAlone = part => part.name === 'e2e' || part.name === 'faults';
  const isHeavy = part => part.name === 'unit';
  await Promise.all([
    runAll(chosen.filter(isHeavy)),
    runAll(chosen.filter(part => !isAlone(part) && !isHeavy(part))),
  ]);
  await runAll(chosen.filter(isAlone));

  for (const [part, { failed, output }] of results) {
    if (failed > 0) {
      process.stdout.write(
        `\n──── ${part.title}: ${failed} failed (npm test -- ${part.name})\n\n${
          output?.trim() ?? ''
        }\n`,
      );
    }
  }
  const { passed, failed } = sum([...results.values()]);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

function chooseParts(names) {
  const wanted = (names.length > 0 ? names : ['all']).flatMap(name => {
    const known = groups[name] ?? (parts.some(p => p.name === name) && [name]);
    if (known) return known;
    const possible = [
      ...new Set([...Object.keys(groups), ...parts.map(part => part.name)]),
    ];
    throw new UserError(
      `There is no part "${name}" of the tests. The parts are: ${possible.join(
        ', ',
      )}`,
    );
  });
  return parts.filter(({ name }) => wanted.includes(name));
}

async function prepare(progress, outputDir, chosen) {
  process.stdout.write('\n');
  if (chosen.some(part => part.name === 'unit' || part.name === 'e2e')) {
    await progress.stage('Check this machine', () =>
      meetNeeds(
        // A test that cannot run is a failure: nothing is optional here.
        needsOfTests().map(need => ({ ...need, optional: false })),
        { logFile: path.join(outputDir, 'machine.log') },
      ),
    );
  }
  if (!dependenciesAreCurrent(root)) {
    await progress.stage(
      'Install the dependencies',
      () => installDependencies(root, path.join(outputDir, 'install.log')),
      { slow: 'the first time a few minutes' },
    );
  }
}

async function runPart(part, context, progress) {
  const work = async () => {
    const result = await part.run(context).catch(error => ({
      passed: 0,
      failed: 1,
      output: error instanceof UserError ? error.message : error.stack,
    }));
    if (result.failed > 0) throw new PartFailed(result);
    return result;
  };
  return await progress.stage(part.title, work).catch(error => {
    if (error instanceof PartFailed) return error.result;
    throw error;
  });
}

class PartFailed extends Error {
  constructor(result) {
    super();
    this.result = result;
  }
}

/** Runs a command and keeps what it prints. */
function runCaptured(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, FORCE_COLOR: '0', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.stderr.on('data', chunk => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', code =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    );
  });
}
