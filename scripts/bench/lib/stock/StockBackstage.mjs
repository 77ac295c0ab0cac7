import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../../lib/ports.mjs';
import { postgresUser, preparePostgres } from '../../../lib/postgres.mjs';
import { prepareDataDir } from '../../../lib/paths.mjs';
import { answers } from '../../../lib/readiness.mjs';
import { SupervisedProcess } from '../../../lib/SupervisedProcess.mjs';
import { personEnvironment } from '../personEnvironment.mjs';
import { buildStockApp } from './buildStockApp.mjs';

const PASSWORD = 'postgres';

/** A stock Backstage app with a PostgreSQL of its own, to stand beside the portal in a bench. */
export class StockBackstage {
  #dataDir;
  /** @type {SupervisedProcess[]} */
  #processes = [];
  #url;

  /** @param {string} dataDir - an empty folder of its own */
  constructor(dataDir) {
    this.#dataDir = dataDir;
  }

  /** Where its page is. */
  get url() {
    return this.#url;
  }

  /** Its backend's process id. */
  get pid() {
    return this.#processes.at(-1).identity.pid;
  }

  /** Builds it where that was not done before, and returns when it answers. */
  async start() {
    const directory = await buildStockApp();
    await mkdir(this.#dataDir, { recursive: true });
    prepareDataDir(this.#dataDir);
    const postgresPort = await freePort();
    await this.#run(
      preparePostgres({
        dataDir: this.#dataDir,
        port: postgresPort,
        password: PASSWORD,
        logFile: path.join(this.#dataDir, 'logs/postgres.log'),
      }),
    );
    const port = await freePort();
    this.#url = `http://localhost:${port}`;
    await this.#run({
      name: 'The stock app',
      command: process.execPath,
      args: [
        'dist/index.cjs',
        ...['--config', '../../app-config.yaml'],
        ...['--config', await this.#writeConfig(port, postgresPort)],
      ],
      cwd: path.join(directory, 'packages/backend'),
      env: personEnvironment({ NODE_ENV: 'production' }),
      logFile: path.join(this.#dataDir, 'logs/backend.log'),
      patience: 5_000,
      waitUntilReady: ({ isAlive }) =>
        answers(`${this.#url}/.backstage/health/v1/readiness`, {
          isAlive,
          timeout: 120_000,
        }),
    });
  }

  /** Stops it with its PostgreSQL. */
  async stop() {
    for (const each of this.#processes.reverse()) {
      await each.stop();
    }
    this.#processes = [];
  }

  async #run(spec) {
    const supervised = new SupervisedProcess(spec);
    this.#processes.push(supervised);
    await supervised.start();
  }

  async #writeConfig(port, postgresPort) {
    const file = path.join(this.#dataDir, 'app-config.bench.yaml');
    const config = {
      app: { baseUrl: this.#url },
      backend: {
        baseUrl: this.#url,
        listen: { port, host: '127.0.0.1' },
        database: {
          client: 'pg',
          connection: {
            host: '127.0.0.1',
            port: postgresPort,
            user: postgresUser,
            password: PASSWORD,
          },
        },
      },
    };
    await writeFile(file, JSON.stringify(config), { mode: 0o600 });
    return file;
  }
}
