import { existsSync } from 'node:fs';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { PipelineRequest } from '@slipway/plugin-platform-node';
import {
  certificatesOf,
  dropTo,
  installationOf,
  type HostSettings,
} from './HostSettings';
import type { Workspace } from './Workspace';

const ENGINE = resolvePackagePath(
  '@slipway/plugin-platform-backend-module-local-pipelines',
  'engine',
);
/** Read-only in the sandbox, where the machine has them. Everything else of it is not there at all. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc'];
const SYSTEM_OPTIONAL = ['/nix/store', '/run/systemd/resolve'];

/** A command and its whole environment. */
export interface Launch {
  command: string;
  options: string[];
  environment: Record<string, string>;
}

/** Builds the command that runs a pipeline, below its supervisor. */
export async function createLaunch(
  request: Pick<PipelineRequest, 'service' | 'branch' | 'sha'>,
  workspace: Workspace,
  host: HostSettings,
  npmCache: string,
): Promise<Launch> {
  const program = require.resolve('gitlab-ci-local/dist/index.js');
  const inside = host.isolated
    ? {
        builds: '/builds',
        cache: '/cache/npm',
        engine: '/engine',
        program: '/gitlab-ci-local/index.js',
        temporary: '/tmp',
      }
    : {
        builds: workspace.builds,
        cache: npmCache,
        engine: ENGINE,
        program,
        temporary: path.join(workspace.builds, 'tmp'),
      };
  const run = [
    path.join(inside.engine, 'runPipeline.sh'),
    inside.program,
    '--no-json-schema-validation',
    ...variables({
      CI_COMMIT_BRANCH: request.branch,
      CI_COMMIT_REF_NAME: request.branch,
      CI_COMMIT_SHA: request.sha,
      CI_COMMIT_SHORT_SHA: request.sha.slice(0, 8),
      CI_PROJECT_NAME: request.service,
    }),
  ];
  const prefix = host.isolated
    ? [
        'bwrap',
        ...(await sandbox(host)),
        ...['--bind', workspace.builds, inside.builds],
        ...['--bind', npmCache, inside.cache],
        ...['--ro-bind', ENGINE, inside.engine],
        ...['--ro-bind', path.dirname(program), path.dirname(inside.program)],
        ...['--chdir', inside.builds],
        ...(host.user ? dropTo(host.user) : []),
      ]
    : otherUser(host);
  const [command, ...options] = [...prefix, ...run];
  return {
    command,
    options,
    environment: {
      ...host.environment,
      CI_BASH: host.bash,
      CI_BUILDS: inside.builds,
      CI_ENGINE: inside.engine,
      GIT_TERMINAL_PROMPT: '0',
      HOME: path.join(inside.builds, 'home'),
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      PATH: host.path.join(path.delimiter),
      TMPDIR: inside.temporary,
      npm_config_audit: 'false',
      npm_config_cache: inside.cache,
      npm_config_fund: 'false',
      npm_config_prefer_offline: 'true',
      npm_config_update_notifier: 'false',
    },
  };
}

/** The script that supervises a launch. */
export const SUPERVISOR = path.join(ENGINE, 'supervise.sh');

function variables(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([key, value]) => [
    '--variable',
    `${key}=${value}`,
  ]);
}

async function sandbox(host: HostSettings): Promise<string[]> {
  const installations = await Promise.all(
    host.path.filter(directory => existsSync(directory)).map(installationOf),
  );
  // Node may be installed anywhere; its directory is shown where it is, unless that is the system's.
  const shown = [
    ...installations.flat(),
    ...certificatesOf(host.environment),
  ].filter(
    file =>
      file !== '/' && !SYSTEM.some(known => `${file}/`.startsWith(`${known}/`)),
  );
  return [
    ...['--unshare-pid', '--unshare-ipc', '--die-with-parent'],
    ...SYSTEM.filter(file => existsSync(file)).flatMap(file => [
      '--ro-bind',
      file,
      file,
    ]),
    ...[...SYSTEM_OPTIONAL, ...new Set(shown)].flatMap(file => [
      '--ro-bind-try',
      file,
      file,
    ]),
    ...['--proc', '/proc', '--dev', '/dev', '--perms', '1777'],
    ...['--tmpfs', '/tmp'],
  ];
}

function otherUser({ user }: HostSettings): string[] {
  return user
    ? [
        process.execPath,
        path.join(ENGINE, 'runAs.js'),
        String(user.uid),
        String(user.gid),
      ]
    : [];
}
