import { existsSync } from 'node:fs';
import path from 'node:path';
import { findOnPath, lastLines, runLogged } from './command.mjs';
import { isRoot } from './paths.mjs';
import { UserError } from './UserError.mjs';

/**
 * @typedef {object} Need
 * @property {string} name - what to call it
 * @property {string} reason - what does not work without it
 * @property {() => boolean} isMet
 * @property {Record<string, string>} packages - its package name by package manager
 * @property {boolean} [optional]
 */

const chromiumOfMacOs = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium or Chrome of this machine.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  return (
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      .map(findOnPath)
      .find(Boolean) ?? chromiumOfMacOs.find(existsSync)
  );
}

/** @returns {Need[]} what `npm start` needs of the machine */
export function needsOfStart() {
  const needs = [
    {
      name: 'git',
      reason: 'repositories are served by it',
      isMet: () => Boolean(findOnPath('git')),
      packages: { 'apt-get': 'git', dnf: 'git', apk: 'git', brew: 'git' },
    },
    {
      name: 'rsync',
      reason: 'pipelines copy their sources with it',
      isMet: () => Boolean(findOnPath('rsync')),
      packages: {
        'apt-get': 'rsync',
        dnf: 'rsync',
        apk: 'rsync',
        brew: 'rsync',
      },
    },
  ];
  if (process.platform === 'linux') {
    needs.push({
      name: 'bubblewrap',
      reason: 'pipeline jobs are kept apart from this machine with it',
      isMet: () => Boolean(findOnPath('bwrap')),
      packages: {
        'apt-get': 'bubblewrap',
        dnf: 'bubblewrap',
        apk: 'bubblewrap',
      },
      optional: true,
    });
  }
  return needs;
}

/** @returns {Need[]} what `npm test` needs of the machine */
export function needsOfTests() {
  return [
    ...needsOfStart(),
    {
      name: 'Chromium',
      reason: 'the browser tests run in it',
      isMet: () => Boolean(findChromium()),
      packages: {
        'apt-get': 'chromium',
        dnf: 'chromium',
        apk: 'chromium',
        brew: '--cask chromium',
      },
    },
    {
      name: 'Redis',
      reason: 'the tests of the provider for Redis start servers of it',
      isMet: () => Boolean(findOnPath('redis-server')),
      packages: {
        'apt-get': 'redis-server',
        dnf: 'redis',
        apk: 'redis',
        brew: 'redis',
      },
    },
  ];
}

/**
 * Installs what is missing where that takes no password; else names the one command that does.
 *
 * @param {Need[]} needs
 * @param {{ logFile: string, onOptionalMissing?: (message: string) => void }} options
 */
export async function meetNeeds(needs, options) {
  const before = needs.filter(need => !need.isMet());
  if (before.length === 0) return;
  const manager = findManager();
  if (manager && (isRoot || manager === 'brew')) {
    await install(manager, before, options.logFile);
  }
  const missing = needs.filter(need => !need.isMet());
  const required = missing.filter(need => !need.optional);
  if (required.length > 0) {
    throw new UserError(explainMissing(required, manager, options.logFile));
  }
  if (missing.length > 0) {
    options.onOptionalMissing?.(
      `Optional: ${explainMissing(missing, manager, options.logFile)}`,
    );
  }
}

function findManager() {
  const candidates =
    process.platform === 'darwin' ? ['brew'] : ['apt-get', 'dnf', 'apk'];
  return candidates.find(findOnPath);
}

async function install(manager, needs, logFile) {
  const packages = needs.flatMap(
    need => need.packages[manager]?.split(' ') ?? [],
  );
  if (packages.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = args => runLogged(manager, args, { env, logFile, append: true });
  if (manager === 'apt-get') {
    const arguments_ = [
      'install',
      '--yes',
      '--no-install-recommends',
      ...packages,
    ];
    if ((await run(arguments_)) !== 0) {
      await run(['update']);
      await run(arguments_);
    }
  } else if (manager === 'apk') {
    await run(['add', '--no-cache', ...packages]);
  } else {
    await run([
      'install',
      ...(manager === 'dnf' ? ['--assumeyes'] : []),
      ...packages,
    ]);
  }
}

/**
 * @param {Need[]} needs
 * @param {string | undefined} manager
 * @param {string} logFile
 */
export function explainMissing(needs, manager, logFile) {
  const what = needs.map(need => `${need.name} (${need.reason})`).join(', ');
  const packages = needs.map(need => need.packages[manager ?? '']).join(' ');
  const commands = {
    'apt-get': `sudo apt-get install --yes ${packages}`,
    dnf: `sudo dnf install --assumeyes ${packages}`,
    apk: `sudo apk add ${packages}`,
    brew: `brew install ${packages}`,
  };
  const how = manager
    ? `Install it with: ${commands[manager]}`
    : 'Install it with the package manager of this machine, so that it is on the PATH';
  const attempt =
    existsSync(logFile) && path.isAbsolute(logFile)
      ? `\nAn attempt to install it left this in ${logFile}:\n${lastLines(logFile, 4)}`
      : '';
  return `this machine lacks ${what}. ${how}, then run the same command again.${attempt}`;
}
