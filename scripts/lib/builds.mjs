import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { lastLines, runLogged } from './command.mjs';
import { bundle } from './bundle.mjs';
import { fingerprint } from './fingerprint.mjs';
import { root } from './paths.mjs';
import { UserError } from './UserError.mjs';
import { readWorkspaces, withDependencies } from './workspaces.mjs';

/**
 * @typedef {object} Build
 * @property {string} title
 * @property {string} workspace
 * @property {string} [slow] - how long it may take
 * @property {(directory: string, logFile: string) => Promise<void>} run
 */

/** @type {Record<'app' | 'backend' | 'agent' | 'scanner', Build>} */
export const builds = {
  app: {
    title: 'Build the portal',
    workspace: 'app',
    slow: 'about half a minute',
    run: buildApp,
  },
  backend: {
    title: 'Build the backend',
    workspace: 'backend',
    run: buildBackend,
  },
  agent: {
    title: 'Build the agent',
    workspace: '@slipway/local-agent',
    run: directory =>
      bundle({
        entry: path.join(directory, 'src/main.ts'),
        outfile: path.join(directory, 'dist/main.cjs'),
        inline: 'everything',
      }),
  },
  scanner: {
    title: 'Build the scanner',
    workspace: '@slipway/plugin-platform-backend-module-local-pipelines',
    run: directory =>
      bundle({
        entry: path.join(directory, 'src/scan/main.ts'),
        outfile: path.join(directory, 'dist/scan.cjs'),
        inline: 'everything',
      }),
  },
};

/**
 * Builds what has changed since it was built last.
 *
 * @param {Build} build
 * @param {{ logsDir: string, onBuild?: (work: () => Promise<void>) => Promise<void> }} options -
 *   `onBuild` wraps the work where there is some
 */
export async function ensureBuilt(build, options) {
  const workspaces = readWorkspaces();
  const { directory } = workspaces.get(build.workspace);
  const stamp = path.join(directory, 'dist/.slipway-stamp');
  const wanted = fingerprint(root, [
    ...withDependencies(build.workspace, workspaces).map(
      workspace => workspace.directory,
    ),
    path.join(root, 'package-lock.json'),
    path.join(root, 'tsconfig.json'),
    path.join(root, 'scripts/lib/builds.mjs'),
    path.join(root, 'scripts/lib/bundle.mjs'),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const work = async () => {
    const logFile = path.join(
      options.logsDir,
      `build-${path.basename(directory)}.log`,
    );
    await build.run(directory, logFile);
    writeFileSync(stamp, wanted);
  };
  await (options.onBuild ?? (run => run()))(work);
}

async function buildBackend(directory) {
  await bundle({
    entry: path.join(directory, 'src/index.ts'),
    outfile: path.join(directory, 'dist/index.cjs'),
    inline: 'workspaces',
  });
  // Compiled here, once, rather than by every start of the backend.
  const requireFromBackend = createRequire(
    path.join(directory, 'package.json'),
  );
  const { loadConfigSchema } = requireFromBackend('@backstage/config-loader');
  const schema = await loadConfigSchema({
    dependencies: [...readWorkspaces().keys()],
  });
  writeFileSync(
    path.join(directory, 'dist/config-schema.json'),
    JSON.stringify(schema.serialize()),
  );
}

/** The result depends on the sources only: configuration reaches the page at run time. */
async function buildApp(directory, logFile) {
  const code = await runLogged(
    process.execPath,
    [path.join(root, 'node_modules/.bin/backstage-cli'), 'package', 'build'],
    {
      cwd: directory,
      logFile,
      env: {
        ...process.env,
        CI: '',
        NODE_ENV: 'production',
        NODE_OPTIONS: '',
        ...placeholderVariables(),
      },
    },
  );
  if (code !== 0) {
    throw new UserError(
      `Building the portal failed. The last lines (all of them: ${logFile}):\n\n${lastLines(
        logFile,
        30,
      )}`,
    );
  }
}

/** app-config.yaml names these; none of their values ends up in the build. */
export function placeholderVariables() {
  return {
    SLIPWAY_PORT: '7007',
    SLIPWAY_ROUTER_PORT: '7080',
    SLIPWAY_DATA: '/nonexistent',
    SLIPWAY_AGENT_URL: 'http://localhost:1',
    SLIPWAY_AGENT_TOKEN: 'none',
    SLIPWAY_ENCRYPTION_KEY: 'none',
    POSTGRES_HOST: 'localhost',
    POSTGRES_PORT: '5432',
    POSTGRES_USER: 'none',
    POSTGRES_PASSWORD: 'none',
    WORKLOAD_POSTGRES_HOST: 'localhost',
    WORKLOAD_POSTGRES_PORT: '5432',
    WORKLOAD_POSTGRES_USER: 'none',
    WORKLOAD_POSTGRES_PASSWORD: 'none',
  };
}
