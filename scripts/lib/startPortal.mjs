import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  dependenciesAreCurrent,
  installDependencies,
} from './dependencies.mjs';
import { meetNeeds, needsOfStart } from './machine.mjs';
import { chooseDataDir, root } from './paths.mjs';
import { Portal } from './Portal.mjs';
import { portFromEnvironment } from './ports.mjs';
import { Progress } from './Progress.mjs';
import { onStopRequest } from './stopRequests.mjs';

/**
 * The whole of `npm start` (and of `npm run dev`) once it runs on the right Node.
 *
 * @param {{ watch?: boolean }} [options] - `watch`: run page and backend from their sources
 * @returns {Promise<number>} the exit code, after the portal was stopped
 */
export async function startPortal({ watch } = {}) {
  const progress = new Progress();
  const { dataDir, note } = chooseDataDir();
  const portal = new Portal({
    dataDir,
    port: portFromEnvironment('SLIPWAY_PORT', 7007),
    routerPort: portFromEnvironment('SLIPWAY_ROUTER_PORT', 7080),
    watchPort: watch
      ? portFromEnvironment('SLIPWAY_DEV_PORT', 3000)
      : undefined,
    progress,
    onNotice: message => progress.line(`  ! ${message}`),
  });
  const started = performance.now();
  progress.line(`\nSlipway\n`);
  if (note) progress.line(`  ${note}`);
  await portal.claim();
  const stopped = new Promise((resolve, reject) => {
    onStopRequest({
      first: () => {
        progress.line(
          '\nStopping the portal and its services (Ctrl-C again: at once) …',
        );
        portal.stop().then(() => resolve(0), reject);
      },
      second: () => portal.stop({ force: true }).then(() => resolve(1), reject),
    });
  });
  const running = bringUp(portal, progress, path.join(dataDir, 'logs')).then(
    () => {
      reportTimings(progress, started, dataDir);
      progress.line(describe(portal));
      return stopped;
    },
  );
  const code = await Promise.race([running, stopped]);
  progress.line('Stopped.');
  process.exit(code);
}

/** Everything between an empty machine and a portal that people can use. */
async function bringUp(portal, progress, logsDir) {
  try {
    await progress.stage('Check this machine', () =>
      meetNeeds(needsOfStart(), {
        logFile: path.join(logsDir, 'machine.log'),
        onOptionalMissing: message => progress.line(`  ! ${message}`),
      }),
    );
    if (!dependenciesAreCurrent(root)) {
      await progress.stage(
        'Install the dependencies',
        () => installDependencies(root, path.join(logsDir, 'install.log')),
        { slow: 'the first time a few minutes' },
      );
    }
  } catch (error) {
    await portal.stop();
    throw error;
  }
  await portal.start();
}

function reportTimings(progress, started, dataDir) {
  const usable = Number(((performance.now() - started) / 1000).toFixed(2));
  writeFileSync(
    path.join(dataDir, 'logs/start.json'),
    `${JSON.stringify({ usable, stages: progress.timings }, undefined, 2)}\n`,
  );
  progress.line(`\n  Ready after ${usable.toFixed(1)} s.`);
}

function describe(portal) {
  return [
    '',
    `  Portal     ${portal.url}`,
    `  Services   http://<service>-<environment>.localhost:${portal.routerPort}`,
    ...describeSignIn(portal),
    `  Logs       ${portal.logsDir}`,
    '',
    '  Ctrl-C stops the portal and its services; the next start brings them back.',
    '',
  ].join('\n');
}

function describeSignIn(portal) {
  if (!existsSync(portal.passwordFile)) return [];
  if (!portal.hasNewPasswords) {
    return [`  Sign in    user names and passwords: ${portal.passwordFile}`];
  }
  return [
    `  Sign in    with one of these (shown only now; kept in ${portal.passwordFile})`,
    ...portal.passwordLines
      .filter(line => !line.startsWith('#'))
      .map(line => `               ${line}`),
  ];
}
