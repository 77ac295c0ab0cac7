import { existsSync } from 'node:fs';
import path from 'node:path';
import { textSince, waitForLine } from './logs.mjs';
import { root } from './paths.mjs';
import { answers } from './readiness.mjs';

/** The agent passes requests through: small heaps cost it nothing that shows. */
const agentMemoryFlags = ['--max-semi-space-size=1', '--optimize-for-size'];

/**
 * How the agent is run. When it is asked to end, it ends its services, and brings them back the
 * next time; when it is killed they go on, and it finds them again.
 *
 * @param {{ env: NodeJS.ProcessEnv, logFile: string }} options
 * @returns {import('./SupervisedProcess.mjs').ProcessSpec}
 */
export function agentProcess({ env, logFile }) {
  const directory = path.join(root, 'packages/local-agent');
  return {
    name: 'The agent',
    command: process.execPath,
    args: [...agentMemoryFlags, path.join(directory, 'dist/main.cjs')],
    cwd: directory,
    env: { ...env, NODE_ENV: 'production' },
    logFile,
    patience: 40_000,
    waitUntilReady: async ({ logOffset, isAlive }) =>
      Boolean(
        await waitForLine(
          logFile,
          logOffset,
          line => line.includes('"ready":true') || undefined,
          { timeout: 60_000, isAlive },
        ),
      ),
  };
}

/** Small young generations cost the backend no speed that shows, and halve what it keeps. */
const backendMemoryFlags = ['--max-semi-space-size=4'];

/**
 * How the backend is run. Paths in the configuration are relative to its own folder. When one of
 * its plugins fails to start it says so in its log, and goes on without ever being ready.
 *
 * @param {{ env: NodeJS.ProcessEnv, logFile: string, url: string, configFiles?: string[] }} options - `configFiles`: more of them, which
 *   go before the checkout's own
 * @returns {import('./SupervisedProcess.mjs').ProcessSpec}
 */
export function backendProcess({ env, logFile, url, configFiles = [] }) {
  return {
    name: 'The backend',
    command: process.execPath,
    args: [
      ...backendMemoryFlags,
      'dist/index.cjs',
      ...configArguments(),
      ...configFiles.flatMap(file => ['--config', file]),
    ],
    cwd: path.join(root, 'packages/backend'),
    env: {
      ...env,
      NODE_ENV: 'production',
      // There is no load balancer here that first has to notice.
      APP_CONFIG_backend_lifecycle_serverShutdownDelay: '{"seconds":0}',
    },
    logFile,
    // It waits for open requests, such as those that wait for events; all of its work is durable.
    patience: 5_000,
    waitUntilReady: ({ logOffset, isAlive }) =>
      answers(`${url}/.backstage/health/v1/readiness`, {
        isAlive: () =>
          isAlive() &&
          !textSince(logFile, logOffset).includes('Backend startup failed'),
        timeout: 120_000,
      }),
  };
}

/**
 * How contributors run the backend: from its sources, started again when they change.
 *
 * @param {Parameters<typeof backendProcess>[0] & { appUrl: string }} options
 * @returns {import('./SupervisedProcess.mjs').ProcessSpec}
 */
export function watchingBackendProcess({ appUrl, ...options }) {
  const spec = backendProcess(options);
  return {
    ...spec,
    args: [backstageCli, 'package', 'start', ...configArguments()],
    env: { ...watchingEnvironment(options.env, appUrl), LOG_LEVEL: 'info' },
  };
}

/**
 * The development server of the page.
 *
 * @param {{ env: NodeJS.ProcessEnv, logFile: string, appUrl: string }} options
 * @returns {import('./SupervisedProcess.mjs').ProcessSpec}
 */
export function watchingAppProcess({ env, logFile, appUrl }) {
  return {
    name: 'The page',
    command: process.execPath,
    args: [backstageCli, 'package', 'start', ...configArguments()],
    cwd: path.join(root, 'packages/app'),
    env: watchingEnvironment(env, appUrl),
    logFile,
    waitUntilReady: ({ isAlive }) =>
      answers(appUrl, { isAlive, timeout: 180_000 }),
  };
}

const backstageCli = path.join(root, 'node_modules/.bin/backstage-cli');

/** The page has an address of its own, which the backend has to accept. */
function watchingEnvironment(env, appUrl) {
  return {
    ...env,
    NODE_ENV: 'development',
    APP_CONFIG_app_baseUrl: appUrl,
    APP_CONFIG_app_listen_host: '127.0.0.1',
    APP_CONFIG_backend_cors_origin: appUrl,
    APP_CONFIG_backend_cors_credentials: 'true',
  };
}

/** The configuration files there are, as arguments. */
export function configArguments() {
  return ['app-config.yaml', 'app-config.local.yaml']
    .map(name => path.join(root, name))
    .filter(file => existsSync(file))
    .flatMap(file => ['--config', file]);
}
