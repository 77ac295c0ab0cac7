import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, runLogged } from './command.mjs';
import { fingerprint } from './fingerprint.mjs';
import { npmCommand } from './npm.mjs';
import { UserError } from './UserError.mjs';
import { readWorkspaces } from './workspaces.mjs';

/** Whatever the person's npm configuration says, these decide what a checkout's install is. */
const flags = [
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--global=false',
  '--package-lock=true',
  '--dry-run=false',
  '--install-strategy=hoisted',
  '--legacy-peer-deps=true',
  '--workspaces=true',
  '--include-workspace-root=true',
  '--audit=false',
  '--fund=false',
  '--update-notifier=false',
];

/**
 * Whether `node_modules` is what the lock file asks for.
 *
 * The stamp is the quick answer. Without one (someone ran npm by hand) npm's own record of what
 * it installed decides.
 *
 * @param {string} checkout
 */
export function dependenciesAreCurrent(checkout) {
  const stamp = stampFile(checkout);
  const wanted = wantedStamp(checkout);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (!installedMatchesLock(checkout)) return false;
  writeFileSync(stamp, wanted);
  return true;
}

/**
 * Installs what the lock file names, from nothing.
 *
 * @param {string} checkout
 * @param {string} logFile
 */
export async function installDependencies(checkout, logFile) {
  const npm = npmCommand();
  const code = await runLogged(npm.command, [...npm.args, 'ci', ...flags], {
    cwd: checkout,
    logFile,
  });
  if (code !== 0) {
    throw new UserError(
      `Installing the dependencies failed: npm ci ended with code ${code}. Its last lines (all of them: ${logFile}):\n\n` +
        `${lastLines(logFile)}\n\n` +
        'Check the connection to the npm registry (npm ping) and the free disk space (2.5 GB are needed), then run the same command again.',
    );
  }
  writeFileSync(stampFile(checkout), wantedStamp(checkout));
}

function stampFile(checkout) {
  return path.join(checkout, 'node_modules/.slipway-stamp');
}

function wantedStamp(checkout) {
  const manifests = [...readWorkspaces().values()].map(workspace =>
    path.join(workspace.directory, 'package.json'),
  );
  const content = fingerprint(checkout, [
    path.join(checkout, 'package-lock.json'),
    path.join(checkout, 'package.json'),
    ...manifests,
  ]);
  return `${content} ${process.platform}-${process.arch}`;
}

function installedMatchesLock(checkout) {
  const record = path.join(checkout, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(
    readFileSync(path.join(checkout, 'package-lock.json'), 'utf8'),
  ).packages;
  return Object.entries(wanted)
    .filter(([location]) => location.includes('node_modules/'))
    .every(([location, entry]) => {
      const found = installed[location];
      if (!found) return Boolean(entry.optional || entry.devOptional);
      return found.version === entry.version;
    });
}
