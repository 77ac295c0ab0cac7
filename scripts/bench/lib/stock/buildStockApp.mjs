import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { lastLines, runLogged } from '../../../lib/command.mjs';
import { npmCommand } from '../../../lib/npm.mjs';
import { root } from '../../../lib/paths.mjs';
import { personEnvironment } from '../personEnvironment.mjs';
import { renderStockApp } from './renderStockApp.mjs';

/** Of the release of Backstage that Slipway is on, see backstage.json. */
const CREATE_APP = '@backstage/create-app@0.9.2';

/**
 * A stock Backstage app, installed and built: from the cache of this machine, where an earlier run left it,
 * else in some minutes.
 *
 * @returns {Promise<string>} its directory
 */
export async function buildStockApp() {
  const overrides = await readOverrides();
  const directory = path.join(cacheFolder(), 'slipway', cacheName(overrides));
  if (existsSync(directory)) return directory;
  console.log(`Building a stock Backstage app in ${directory} …`);
  // Built aside and renamed: what is there is whole.
  const building = `${directory}.new`;
  await rm(building, { recursive: true, force: true });
  await mkdir(path.dirname(building), { recursive: true });
  await renderStockApp({
    createApp: CREATE_APP,
    directory: building,
    overrides,
  });
  const npm = npmCommand();
  await step(building, npm.command, [
    ...npm.args,
    ...['install', '--ignore-scripts'],
  ]);
  await step(
    path.join(building, 'packages/app'),
    path.join(building, 'node_modules/.bin/backstage-cli'),
    ['package', 'build'],
  );
  await build({
    entryPoints: [path.join(building, 'packages/backend/src/index.ts')],
    outfile: path.join(building, 'packages/backend/dist/index.cjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  });
  await rename(building, directory);
  return directory;
}

/** What this checkout overrides, and the versions that it has of Backstage's packages. */
async function readOverrides() {
  const read = async name =>
    JSON.parse(await readFile(path.join(root, name), 'utf8'));
  const { packages } = await read('package-lock.json');
  const installed = Object.entries(packages)
    .filter(([location]) => /^node_modules\/@backstage\/[^/]+$/.test(location))
    .map(([location, { version }]) => [
      location.slice('node_modules/'.length),
      version,
    ]);
  const { overrides } = await read('package.json');
  return { ...Object.fromEntries(installed), ...overrides };
}

function cacheName(overrides) {
  const digest = createHash('sha256')
    .update(JSON.stringify(overrides))
    .digest('hex');
  const version = CREATE_APP.split('@').at(-1);
  return `stock-backstage-${version}-${digest.slice(0, 8)}`;
}

function cacheFolder() {
  return (
    process.env.XDG_CACHE_HOME ||
    (process.platform === 'darwin'
      ? path.join(os.homedir(), 'Library/Caches')
      : path.join(os.homedir(), '.cache'))
  );
}

async function step(cwd, command, args) {
  const logFile = path.join(cwd, 'bench.log');
  const env = personEnvironment();
  const code = await runLogged(command, args, { cwd, env, logFile });
  if (code !== 0) {
    throw new Error(
      `Building the stock app failed: ${args.join(' ')} ended with code ${code} (${logFile}):\n${lastLines(logFile)}`,
    );
  }
}
