import { existsSync } from 'node:fs';
import path from 'node:path';
import { textSince, waitForLine } from './logs.mjs';
import { root } from './paths.mjs';
import { answers } from './readiness.mjs';

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
    args: [path.join(directory, 'dist/main.cjs')],
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

/**
 * How the backend is run. Paths in the configuration are relative to its own folder. When one of
 * its plugins fails to start it says so in its log, and goes on without ever being ready.
 *
 * @param {{ env: NodeJS.ProcessEnv, logFile: string, url: string }} options
 * @returns {import('./SupervisedProcess.mjs').ProcessSpec}
 */
export function backendProcess({ env, logFile, url }) {
  return {
    name: 'The backend',
    command: process.execPath,
    args: ['dist/index.cjs', ...configArguments()],
    cwd: path.join(root, 'packages/backend'),
    env: { ...env, NODE_ENV: 'production' },
    logFile,
    patience: 20_000,
    waitUntilReady: ({ logOffset, isAlive }) =>
      answers(`${url}/.backstage/health/v1/readiness`, {
        isAlive: () =>
          isAlive() &&
          !textSince(logFile, logOffset).includes('Backend startup failed'),
        timeout: 120_000,
      }),
  };
}

/** The configuration files there are, as arguments. */
export function configArguments() {
  return ['app-config.yaml', 'app-config.local.yaml']
    .map(name => path.join(root, name))
    .filter(file => existsSync(file))
    .flatMap(file => ['--config', file]);
}
