import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../lib/ports.mjs';
import { root } from '../../lib/paths.mjs';
import { personEnvironment } from './personEnvironment.mjs';
import { round } from './statistics.mjs';

const run = promisify(execFile);

/**
 * Starts the portal of this checkout on data that exists.
 *
 * @param {string} dataDir
 */
export async function measureStart(dataDir) {
  const { seconds, stages } = await start(root, dataDir);
  return { startSeconds: seconds, startStages: stages };
}

/**
 * The same from nothing: a clone of this checkout's last commit, without dependencies, builds or data. What
 * the machine has already stays (Node, system packages, npm's cache).
 *
 * @param {string} folder - where the clone goes
 */
export async function measureBareStart(folder) {
  const checkout = path.join(folder, 'bare');
  await run('git', ['clone', '--quiet', root, checkout]);
  const { seconds, stages } = await start(
    checkout,
    path.join(checkout, '.slipway'),
  );
  return { bareStartSeconds: seconds, bareStartStages: stages };
}

/**
 * `npm start` as a person does it, until it says that it is ready; then Ctrl-C.
 *
 * @returns {Promise<{ seconds: number, stages: Record<string, number> }>}
 */
async function start(checkout, dataDir) {
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: checkout,
    env: personEnvironment({
      SLIPWAY_DATA: dataDir,
      SLIPWAY_PORT: String(await freePort()),
      SLIPWAY_ROUTER_PORT: String(await freePort()),
    }),
    // Ctrl-C goes to a terminal's whole group.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const interrupt = () => process.kill(-child.pid, 'SIGINT');
  process.once('exit', interrupt);
  let seconds;
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', text => {
    output += text;
    if (seconds === undefined && output.includes('Ready after')) {
      seconds = round((performance.now() - started) / 1000);
      interrupt();
    }
  });
  await once(child, 'close');
  process.off('exit', interrupt);
  if (seconds === undefined) {
    throw new Error(`npm start in ${checkout} ended early:\n${output}`);
  }
  const { stages } = JSON.parse(
    await readFile(path.join(dataDir, 'logs/start.json'), 'utf8'),
  );
  return { seconds, stages };
}
