import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  allOnPath,
  isExecutable,
  lastLines,
  outputOf,
  runLogged,
} from './command.mjs';
import { npmCommand } from './npm.mjs';
import {
  chooseDataDir,
  isRoot,
  isTraversable,
  prepareDataDir,
} from './paths.mjs';
import { UserError } from './UserError.mjs';

/**
 * Whether Backstage runs on this Node: 22 from 22.12 on, or 24.
 *
 * @param {string} version - as in `process.versions.node` or with a leading `v`
 */
export function isSupportedNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 12);
}

/**
 * Makes sure the rest of the script runs on a supported Node, with that Node first on
 * the PATH: this one, else another one of this machine, else one installed beside the data.
 *
 * @param {string} script - the script to run again where another Node is needed
 * @returns {Promise<number | undefined>} nothing when this process may go on; otherwise the
 *   exit code of the script that ran in its place
 */
export async function ensureNode(script) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new UserError(
      `This is Node ${process.versions.node}. Slipway needs Node 20 or newer to begin (it then finds or installs Node 24 for itself): https://nodejs.org`,
    );
  }
  if (isUsable(process.execPath, process.version)) {
    process.env.PATH = withFirst(path.dirname(process.execPath));
    return undefined;
  }
  const node = findNode() ?? (await installNode());
  return await runAgain(node, script);
}

/** Jobs run as another user when this one is root, and must be able to execute it. */
function isUsable(file, version) {
  return isSupportedNode(version) && (!isRoot || isTraversable(file));
}

function toolsDir() {
  return path.join(chooseDataDir().dataDir, 'tools/node24');
}

function findNode() {
  const home = os.homedir();
  const folders = [
    path.join(home, '.nvm/versions/node/*/bin'),
    path.join(home, '.volta/tools/image/node/*/bin'),
    path.join(home, '.fnm/node-versions/*/installation/bin'),
    path.join(home, '.local/share/fnm/node-versions/*/installation/bin'),
    path.join(
      home,
      'Library/Application Support/fnm/node-versions/*/installation/bin',
    ),
    '/opt/homebrew/opt/node@24/bin',
    '/opt/homebrew/opt/node@22/bin',
    '/usr/local/opt/node@24/bin',
    '/usr/local/opt/node@22/bin',
    path.join(toolsDir(), 'node_modules/*/bin'),
  ];
  return [
    ...allOnPath('node'),
    ...folders
      .flatMap(expandStar)
      .map(folder => path.join(folder, 'node'))
      .filter(isExecutable),
  ].find(file => isUsable(file, outputOf(file, ['--version']) ?? '0'));
}

/** Expands the one `*` in a path, newest version first. */
function expandStar(pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return [pattern];
  if (!existsSync(before)) return [];
  return readdirSync(before)
    .sort((a, b) => b.localeCompare(a, undefined, { numeric: true }))
    .map(entry => path.join(before, entry, after));
}

async function installNode() {
  const { dataDir } = chooseDataDir();
  prepareDataDir(dataDir);
  const prefix = toolsDir();
  mkdirSync(prefix, { recursive: true });
  writeFileSync(path.join(prefix, 'package.json'), '{"private":true}\n');
  const name = `node-${process.platform}-${process.arch}`;
  const logFile = path.join(dataDir, 'logs/node.log');
  process.stdout.write(
    `  … Installing Node 24 (this is Node ${process.versions.node}; about half a minute)\n`,
  );
  const npm = npmCommand();
  const code = await runLogged(
    npm.command,
    [
      ...npm.args,
      'install',
      `${name}@24`,
      ...['--prefix', prefix, '--global=false', '--ignore-scripts'],
      ...['--no-audit', '--no-fund', '--no-save', '--no-package-lock'],
    ],
    { cwd: prefix, logFile },
  );
  const node = path.join(prefix, 'node_modules', name, 'bin/node');
  if (code !== 0 || !isUsable(node, outputOf(node, ['--version']) ?? '0')) {
    throw new UserError(
      `Slipway runs on Node 22 (22.12 or newer) or 24; this is Node ${process.versions.node}, and installing ${name}@24 with npm failed.\n` +
        `Install Node 24 (https://nodejs.org) and run the same command again. npm said (${logFile}):\n${lastLines(
          logFile,
          8,
        )}`,
    );
  }
  return node;
}

/** Runs the script under another Node; both receive the terminal's Ctrl-C, the other one decides. */
function runAgain(node, script) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [script, ...process.argv.slice(2)], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, PATH: withFirst(path.dirname(node)) },
    });
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    process.on('SIGHUP', () => child.kill('SIGHUP'));
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

function withFirst(directory) {
  const rest = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(entry => entry !== directory);
  return [directory, ...rest].join(path.delimiter);
}
