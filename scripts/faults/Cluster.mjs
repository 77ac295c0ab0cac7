import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { bundle } from '../lib/bundle.mjs';
import { prepareDataDir, root } from '../lib/paths.mjs';
import { freePort } from '../lib/ports.mjs';
import { postgresUser, preparePostgres } from '../lib/postgres.mjs';
import { SupervisedProcess } from '../lib/SupervisedProcess.mjs';
import { Client } from './Client.mjs';
import { APPROVER, entities, REQUESTER, TokenIssuer } from './people.mjs';
import { Replica } from './Replica.mjs';
import { createWorld } from './world.mjs';

const PASSWORD = 'faults';
export const PLATFORM_DATABASE = 'backstage_plugin_platform';
export const WORLD_DATABASE = 'world';

/**
 * PostgreSQL and any number of slim backends on it, in a folder of their own that is gone afterwards.
 */
export class Cluster {
  #folder;
  #server;
  #port;
  #tokens = new TokenIssuer();
  #options;
  /** @type {Map<string, import('pg').Pool>} */
  #pools = new Map();

  /**
   * @param {{ replicas: number, kinds: object[], volatile: boolean, nodeArguments?: string[], postgresSettings?: Record<string, string>, onUnexpectedExit?: (replica: Replica, reason: string) => void }} options -
   *   `volatile`: PostgreSQL trades durability for speed; nothing here fails with the machine
   */
  constructor(options) {
    this.#options = options;
  }

  /** @type {Replica[]} */
  replicas = [];

  /** Whether {@link stop} was called: whoever still tries something may give up. */
  isStopping = false;

  /** Calls the platform's API as a person; each call goes to the replica it is given. */
  requester = new Client(this.#tokens.issue(REQUESTER));
  approver = new Client(this.#tokens.issue(APPROVER));

  /** How to connect to one of the databases. */
  connection(database) {
    return {
      host: '127.0.0.1',
      port: this.#port,
      user: postgresUser,
      password: PASSWORD,
      database,
    };
  }

  /** Builds the backend and starts PostgreSQL. */
  async prepare() {
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-faults-'));
    // PostgreSQL runs as another user where this runs as root.
    chmodSync(this.#folder, 0o711);
    const dataDir = path.join(this.#folder, 'data');
    prepareDataDir(dataDir);
    this.#port = await freePort();
    this.#server = new SupervisedProcess(
      preparePostgres({
        dataDir,
        port: this.#port,
        password: PASSWORD,
        logFile: path.join(dataDir, 'logs/postgres.log'),
        volatile: this.#options.volatile,
      }),
    );
    await Promise.all([
      this.#server.start(),
      bundle({
        entry: path.join(root, 'packages/fault-backend/src/index.ts'),
        outfile: path.join(root, 'packages/fault-backend/dist/index.cjs'),
        inline: 'workspaces',
      }),
    ]);
    await createWorld(
      this.connection('postgres'),
      this.connection(WORLD_DATABASE),
    );
    for (let number = 1; number <= this.#options.replicas; number += 1) {
      this.replicas.push(await this.#createReplica(`replica-${number}`));
    }
  }

  /**
   * Starts so many replicas: the first by itself, since it creates the databases.
   *
   * @param {number} [count]
   */
  async start(count = this.replicas.length) {
    const [first, ...others] = this.replicas
      .slice(0, count)
      .filter(({ state }) => state === 'down');
    await first?.start();
    await Promise.all(others.map(replica => replica.start()));
  }

  /** The process id of PostgreSQL's server. */
  get postgresPid() {
    return this.#server.identity.pid;
  }

  /** Asks the platform's database. */
  async query(sql, values) {
    return await this.#ask(PLATFORM_DATABASE, sql, values);
  }

  /** Asks the database of the world outside. */
  async queryWorld(sql, values) {
    return await this.#ask(WORLD_DATABASE, sql, values);
  }

  async #ask(database, sql, values) {
    if (!this.#pools.has(database)) {
      const pool = new pg.Pool({ ...this.connection(database), max: 2 });
      pool.on('error', () => {});
      this.#pools.set(database, pool);
    }
    return (await this.#pools.get(database).query(sql, values)).rows;
  }

  /** Ends everything and removes its data. */
  async stop() {
    this.isStopping = true;
    await Promise.all([...this.#pools.values()].map(pool => pool.end()));
    this.#pools.clear();
    this.replicas.forEach(replica => replica.thaw());
    await Promise.all(this.replicas.map(replica => replica.kill()));
    await this.#server?.stop();
    if (this.#folder && !process.env.SLIPWAY_FAULTS_KEEP) {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  get folder() {
    return this.#folder;
  }

  async #createReplica(name) {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const connection = { ...this.connection('postgres'), database: undefined };
    const world = this.connection(WORLD_DATABASE);
    return new Replica({
      name,
      port,
      directory: this.#folder,
      nodeArguments: this.#options.nodeArguments,
      onUnexpectedExit: this.#options.onUnexpectedExit ?? (() => {}),
      config: {
        app: { baseUrl: url },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database: {
            client: 'pg',
            connection: { ...connection, application_name: name },
          },
          lifecycle: { serverShutdownDelay: { seconds: 0 } },
        },
        events: { useEventBus: 'never' },
        permission: { enabled: false },
        platform: {
          encryptionKey: 'the fault test keeps no secrets of anybody',
          environmentsFrom: path.join(root, 'scripts/faults/environments.yaml'),
          artifacts: { directory: path.join(this.#folder, 'artifacts') },
          postgres: {
            servers: [{ name: 'default', ...connection, database: 'postgres' }],
          },
        },
        faults: {
          backend: name,
          worldUrl: `postgresql://${world.user}:${world.password}@${world.host}:${world.port}/${world.database}`,
          kinds: this.#options.kinds,
          entities,
          tokenKeys: this.#tokens.keys,
        },
      },
    });
  }
}
