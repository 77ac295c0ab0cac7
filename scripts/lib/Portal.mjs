import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builds, ensureBuilt } from './builds.mjs';
import { settleKeys } from './encryptionKeys.mjs';
import { portalEnvironment } from './environment.mjs';
import { prepareDataDir } from './paths.mjs';
import {
  agentProcess,
  backendProcess,
  watchingAppProcess,
  watchingBackendProcess,
} from './portalProcesses.mjs';
import { freePort, requireFreePort } from './ports.mjs';
import { endPipelines } from './pipelines.mjs';
import {
  portalCluster,
  postgresUser,
  preparePostgres,
  workloadCluster,
} from './postgres.mjs';
import { end } from './processes.mjs';
import { Progress } from './Progress.mjs';
import { answers, catalogHasContent } from './readiness.mjs';
import { readOrCreateSecrets } from './secrets.mjs';
import { StartLock } from './StartLock.mjs';
import { StateFile } from './StateFile.mjs';
import { SupervisedProcess } from './SupervisedProcess.mjs';

/**
 * @typedef {object} PortalOptions
 * @property {string} dataDir - everything the portal keeps
 * @property {number} [port] - the portal's; any free one unless given
 * @property {number} [routerPort] - where services answer; any free one unless given
 * @property {Progress} [progress]
 * @property {(message: string) => void} [onNotice] - hears of processes that ended and were restarted
 * @property {number} [watchPort] - for contributors: page and backend run from their sources and follow
 *   their changes, the page at this port
 * @property {number} [backendRestartDelay] - milliseconds until a backend that ended is restarted, for tests that kill
 *   it often; longer after each failure unless told
 * @property {string[]} [configFiles] - more of the backend's configuration, for tests and benchmarks
 * @property {boolean} [volatile] - PostgreSQL trades durability for speed, for throw-away data
 */

/**
 * One running portal: PostgreSQL, the workload database server, the agent with its services, and the backend, which also serves
 * the page. Used by `npm start`, the browser tests and the benchmarks.
 */
export class Portal {
  #options;
  #lock;
  #state;
  #secrets;
  #progress;
  /** @type {import('./environment.mjs').Ports} */
  #ports;
  /** @type {Map<'app' | 'backend' | 'agent' | 'workloadPostgres' | 'postgres', SupervisedProcess>} */
  #processes = new Map();
  #stopping;

  /** @param {PortalOptions} options */
  constructor(options) {
    this.#options = options;
    this.#progress = options.progress ?? new Progress(silent);
    this.#lock = new StartLock(options.dataDir);
    this.#state = new StateFile(options.dataDir, 'processes.json');
  }

  /** Whether passwords were made during this start. */
  hasNewPasswords = false;

  /** Where people open the portal. */
  get url() {
    return this.#watchUrl ?? this.#backendUrl;
  }

  /** A service answers at `http://<service>-<environment>.localhost:<this port>`. */
  get routerPort() {
    return this.#ports.router;
  }

  get logsDir() {
    return path.join(this.#options.dataDir, 'logs');
  }

  get passwordFile() {
    return path.join(this.#options.dataDir, 'passwords.txt');
  }

  /** The lines of the file with the generated passwords. */
  get passwordLines() {
    return existsSync(this.passwordFile)
      ? readFileSync(this.passwordFile, 'utf8').trim().split('\n')
      : [];
  }

  /** How to connect to the portal's PostgreSQL. */
  get postgres() {
    return {
      host: '127.0.0.1',
      port: this.#ports.postgres,
      user: postgresUser,
      password: this.#secrets.postgresPassword,
    };
  }

  /** How to connect to the server of the workloads' databases. */
  get workloadPostgres() {
    return {
      host: '127.0.0.1',
      port: this.#ports.workloadPostgres,
      user: postgresUser,
      password: this.#secrets.workloadPostgresPassword,
    };
  }

  /**
   * The process ids by name: `postgres`, `workloadPostgres`, `agent`, `backend`.
   *
   * @returns {Record<string, number | undefined>}
   */
  get pids() {
    return Object.fromEntries(
      [...this.#processes].map(([name, { identity }]) => [name, identity?.pid]),
    );
  }

  /**
   * Claims the data folder and the ports, before anything is installed, built or started.
   * What an earlier, killed starter left running is ended first; services survive that.
   * A portal that was stopped is claimed once more to be started again, at the same ports where they are still free.
   */
  async claim() {
    const { dataDir, port, routerPort } = this.#options;
    this.#stopping = undefined;
    this.#processes.clear();
    prepareDataDir(dataDir);
    this.#lock.acquire({ url: port ? `http://localhost:${port}` : dataDir });
    try {
      await this.#endLeftovers();
      await this.#choosePorts(port, routerPort);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
    this.#secrets = readOrCreateSecrets(dataDir);
  }

  /**
   * Builds what changed, starts every process, and returns when a person can sign in and work.
   * On failure nothing is left running.
   */
  async start() {
    try {
      const env = this.#environment;
      const { watchPort, dataDir } = this.#options;
      await settleAll([
        ...(watchPort
          ? [this.#startWatchedApp(env, this.#watchUrl)]
          : [this.#build(builds.app), this.#build(builds.backend)]),
        this.#build(builds.scanner),
        this.#build(builds.agent).then(() => this.#startAgent(env)),
        this.#startPostgres('postgres', 'Start PostgreSQL', {
          cluster: portalCluster,
          password: this.#secrets.postgresPassword,
        }),
        this.#startPostgres(
          'workloadPostgres',
          'Start the workload database server',
          {
            cluster: workloadCluster,
            password: this.#secrets.workloadPostgresPassword,
          },
        ),
      ]);
      this.#secrets = await settleKeys(dataDir, this.postgres);
      await this.#startBackend(this.#environment);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /**
   * Stops the backend with its pipelines, the services with their agent, their databases, and PostgreSQL, in this order.
   *
   * @param {{ force?: boolean }} [options]
   */
  async stop(options = {}) {
    if (options.force) {
      const all = [...this.#processes.values()];
      await Promise.all(all.map(each => each.stop(options)));
    }
    this.#stopping ??= this.#stopInOrder();
    await this.#stopping;
  }

  /** Kills the backend as a crash would; it is restarted. For tests of just that. */
  killBackend() {
    process.kill(this.pids.backend, 'SIGKILL');
  }

  /** Waits until the backend answers again after it was killed. */
  async waitUntilReady() {
    await answers(`${this.#backendUrl}/.backstage/health/v1/readiness`, {
      isAlive: () => true,
      timeout: 60_000,
    });
  }

  get #backendUrl() {
    return `http://localhost:${this.#ports.portal}`;
  }

  get #environment() {
    return portalEnvironment({
      dataDir: this.#options.dataDir,
      ports: this.#ports,
      secrets: this.#secrets,
    });
  }

  get #watchUrl() {
    const { watchPort } = this.#options;
    return watchPort ? `http://localhost:${watchPort}` : undefined;
  }

  async #startWatchedApp(env, appUrl) {
    const logFile = path.join(this.logsDir, 'app.log');
    await this.#progress.stage('Start the page', () =>
      this.#supervise('app', watchingAppProcess({ env, logFile, appUrl })),
    );
  }

  async #stopInOrder() {
    for (const name of stopOrder) {
      await this.#processes.get(name)?.stop();
      if (name === 'backend') await endPipelines(this.#options.dataDir);
    }
    this.#lock.release();
  }

  async #endLeftovers() {
    const { app, backend, agent, workloadPostgres, postgres } =
      this.#state.read();
    if (app) await end(app);
    if (backend) await end(backend, { patience: 5_000 });
    if (agent) await end(agent, { signal: 'SIGKILL' });
    if (workloadPostgres) await end(workloadPostgres, { signal: 'SIGINT' });
    if (postgres) await end(postgres, { signal: 'SIGINT' });
  }

  async #choosePorts(port, routerPort) {
    const { watchPort } = this.#options;
    if (watchPort) {
      await requireFreePort(watchPort, {
        purpose: 'the page',
        variable: 'SLIPWAY_DEV_PORT',
      });
    }
    if (port) {
      await requireFreePort(port, {
        purpose: 'the portal',
        variable: 'SLIPWAY_PORT',
      });
    }
    if (routerPort) {
      await requireFreePort(routerPort, {
        purpose: 'the services',
        variable: 'SLIPWAY_ROUTER_PORT',
      });
    }
    const known = this.#state.read().ports ?? {};
    this.#ports = {
      portal: port || (await freePort(known.portal)),
      router: routerPort || (await freePort(known.router)),
      postgres: await freePort(known.postgres),
      workloadPostgres: await freePort(known.workloadPostgres),
      agent: await freePort(known.agent),
    };
    this.#state.merge({ ports: this.#ports });
  }

  async #build(build) {
    await ensureBuilt(build, {
      logsDir: this.logsDir,
      onBuild: work =>
        this.#progress.stage(build.title, work, { slow: build.slow }),
    });
  }

  /**
   * @param {'postgres' | 'workloadPostgres'} name
   * @param {string} title
   * @param {{ cluster: import('./postgres.mjs').Cluster, password: string }} options
   */
  async #startPostgres(name, title, { cluster, password }) {
    await this.#progress.stage(title, async () => {
      const spec = preparePostgres({
        cluster,
        password,
        dataDir: this.#options.dataDir,
        port: this.#ports[name],
        logFile: path.join(this.logsDir, `${cluster.folder}.log`),
        volatile: this.#options.volatile,
      });
      await this.#supervise(name, spec);
    });
  }

  async #startAgent(env) {
    await this.#progress.stage('Start the agent and its services', async () => {
      const logFile = path.join(this.logsDir, 'agent.log');
      await this.#supervise('agent', agentProcess({ env, logFile }));
    });
  }

  async #startBackend(env) {
    const logFile = path.join(this.logsDir, 'backend.log');
    const hadPasswords = existsSync(this.passwordFile);
    const { configFiles } = this.#options;
    const options = { env, logFile, url: this.#backendUrl, configFiles };
    const spec = this.#watchUrl
      ? watchingBackendProcess({ ...options, appUrl: this.#watchUrl })
      : backendProcess(options);
    const backend = await this.#progress.stage('Start the backend', () =>
      this.#supervise('backend', {
        ...spec,
        restartDelay: this.#options.backendRestartDelay,
      }),
    );
    await this.#progress.stage('Read the catalog', async () => {
      const limits = {
        isAlive: () => backend.identity !== undefined && !this.#stopping,
        timeout: 30_000,
      };
      await catalogHasContent(this.postgres, limits);
      await answers(this.url, limits);
    });
    this.hasNewPasswords = !hadPasswords && existsSync(this.passwordFile);
  }

  async #supervise(name, spec) {
    const supervised = new SupervisedProcess(spec, {
      onSpawn: identity => this.#state.merge({ [name]: identity }),
      onNotice: this.#options.onNotice,
    });
    if (this.#stopping) return supervised;
    this.#processes.set(name, supervised);
    await supervised.start();
    return supervised;
  }
}

/** Nothing loses what it needs before it has ended itself. */
const stopOrder = ['app', 'backend', 'agent', 'workloadPostgres', 'postgres'];

/** Waits for all, also when one fails, so that a failed start can be undone completely. */
async function settleAll(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

const silent = { isTTY: false, write: () => true };
