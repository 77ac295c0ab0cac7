import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '@backstage/errors';

const run = promisify(execFile);

/** How npm's settings are called as environment variables. Never those that hold tokens. */
const NPM_SETTINGS = ['registry', 'cafile', 'proxy', 'https-proxy', 'noproxy'];
const PASSED_ON = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** A user of this machine. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/** What pipelines take over from the machine. */
export interface HostSettings {
  bash: string;
  /** Directories to search for programs, the portal's Node first. */
  path: string[];
  /** The reach to the registry: address, certificates, proxies. */
  environment: Record<string, string>;
  /** The user jobs run as, where that isn't the portal's. */
  user?: SystemUser;
  /** Whether jobs run inside bubblewrap. */
  isolated: boolean;
  /** Whether rsync is there. */
  copies: boolean;
}

/**
 * Looks at the machine once.
 *
 * @throws InputError where the portal runs as root and the user to run jobs as is missing, or root.
 */
export async function readHostSettings(
  userName: string,
): Promise<HostSettings> {
  const [bash, npm, rsync] = await Promise.all(
    ['bash', 'npm', 'rsync'].map(findProgram),
  );
  const user = process.getuid?.() === 0 ? await findUser(userName) : undefined;
  const [environment, isolated] = await Promise.all([
    readEnvironment(npm),
    probeBubblewrap(user),
  ]);
  const directories = [
    path.dirname(process.execPath),
    ...(npm ? [path.dirname(npm)] : []),
    '/usr/local/bin',
    '/usr/bin',
    '/bin',
    '/usr/sbin',
    '/sbin',
    ...(rsync ? [path.dirname(rsync)] : []),
  ];
  return {
    bash: bash ?? '/bin/bash',
    path: [...new Set(directories)],
    environment,
    user,
    isolated,
    copies: rsync !== undefined,
  };
}

/** The certificate files that the environment names. */
export function certificatesOf(environment: Record<string, string>): string[] {
  return ['npm_config_cafile', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'].flatMap(
    key => environment[key] ?? [],
  );
}

async function findProgram(name: string): Promise<string | undefined> {
  for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(directory, name);
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // Not here: the next directory may have it.
    }
  }
  return undefined;
}

async function findUser(name: string): Promise<SystemUser> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async option =>
        Number((await run('id', [option, name])).stdout),
      ),
    );
    if (uid > 0) {
      return { uid, gid };
    }
  } catch {
    // Said below.
  }
  throw new InputError(
    `platform.localPipelines.user is "${name}", which is no unprivileged user of this machine. Name one that exists and is not root.`,
  );
}

async function readEnvironment(
  npm: string | undefined,
): Promise<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const key of PASSED_ON) {
    const value = process.env[key];
    if (value) {
      environment[key] = value;
    }
  }
  if (!npm) {
    return environment;
  }
  const { stdout } = await run(npm, ['config', 'list', '--json'], {
    maxBuffer: 16 * 1024 * 1024,
  });
  const settings: unknown = JSON.parse(stdout);
  for (const key of NPM_SETTINGS) {
    const value =
      typeof settings === 'object' && settings !== null
        ? Object.entries(settings).find(([name]) => name === key)?.[1]
        : undefined;
    const text = Array.isArray(value) ? value.join(',') : value;
    if (typeof text === 'string' && text !== '') {
      environment[`npm_config_${key.replaceAll('-', '_')}`] =
        key === 'registry' ? withoutCredentials(text) : text;
    }
  }
  return environment;
}

function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) {
    return address;
  }
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

async function probeBubblewrap(user: SystemUser | undefined): Promise<boolean> {
  if (process.platform !== 'linux') {
    return false;
  }
  try {
    await run('bwrap', [
      '--unshare-pid',
      '--die-with-parent',
      ...['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev'],
      ...(user ? dropTo(user) : []),
      'true',
    ]);
    return true;
  } catch {
    return false;
  }
}

/** The command prefix that gives up root for good. */
export function dropTo({ uid, gid }: SystemUser): string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    ...['--clear-groups', '--no-new-privs'],
    ...['--inh-caps=-all', '--bounding-set=-all'],
  ];
}

/** What the programs of a directory need to run: itself, and the packages installed beside it. */
export async function installationOf(directory: string): Promise<string[]> {
  const real = await realpath(directory);
  return [real, directory, path.join(real, '..', 'lib', 'node_modules')];
}
