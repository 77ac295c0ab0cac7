import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../lib/ports.mjs';
import { root } from '../../lib/paths.mjs';
import { round } from './statistics.mjs';

/**
 * Starts the portal as a person does, on data that exists, until it says that it is ready; then stops it with Ctrl-C.
 *
 * @param {string} dataDir
 */
export async function measureStart(dataDir) {
  const started = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      SLIPWAY_DATA: dataDir,
      SLIPWAY_PORT: String(await freePort()),
      SLIPWAY_ROUTER_PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let startSeconds;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', text => {
    if (startSeconds === undefined && text.includes('Ready after')) {
      startSeconds = round((performance.now() - started) / 1000);
      child.kill('SIGINT');
    }
  });
  await once(child, 'exit');
  const { stages } = JSON.parse(
    await readFile(path.join(dataDir, 'logs/start.json'), 'utf8'),
  );
  return { startSeconds, startStages: stages };
}
