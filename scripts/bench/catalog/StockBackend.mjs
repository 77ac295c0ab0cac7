import path from 'node:path';
import { bundle } from '../../lib/bundle.mjs';
import { root } from '../../lib/paths.mjs';
import { freePort } from '../../lib/ports.mjs';
import { answers } from '../../lib/readiness.mjs';
import { SupervisedProcess } from '../../lib/SupervisedProcess.mjs';
import { personEnvironment } from '../lib/personEnvironment.mjs';
import { writeStockConfig } from './configuration.mjs';

const directory = path.join(root, 'packages/stock-backend');

/** The stock backend, on the PostgreSQL of the portal, with databases of its own. */
export class StockBackend {
  #folder;
  #process;

  /** @param {string} folder - where its configuration and its log are written */
  constructor(folder) {
    this.#folder = folder;
  }

  /** Where it answers. */
  url;

  get pid() {
    return this.#process.identity.pid;
  }

  /**
   * Builds it and returns when it answers.
   *
   * @param {{ catalogFile: string, postgres: object }} options
   */
  async start(options) {
    const entry = path.join(directory, 'src/index.ts');
    const outfile = path.join(directory, 'dist/index.cjs');
    await bundle({ entry, outfile, inline: 'workspaces' });
    const port = await freePort();
    const configFile = path.join(this.#folder, 'stock.json');
    await writeStockConfig(configFile, { ...options, port });
    this.url = `http://localhost:${port}`;
    this.#process = new SupervisedProcess({
      name: 'The stock backend',
      command: process.execPath,
      args: [outfile, '--config', configFile],
      cwd: directory,
      env: personEnvironment({ NODE_ENV: 'production' }),
      logFile: path.join(this.#folder, 'stock.log'),
      patience: 5_000,
      waitUntilReady: ({ isAlive }) =>
        answers(`${this.url}/.backstage/health/v1/readiness`, {
          isAlive,
          timeout: 120_000,
        }),
    });
    await this.#process.start();
  }

  /** Signs in as a guest; returns what authorizes the guest's requests. */
  async signIn() {
    const response = await fetch(`${this.url}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    const { backstageIdentity } = await response.json();
    return backstageIdentity.token;
  }

  async stop() {
    await this.#process?.stop();
  }
}
