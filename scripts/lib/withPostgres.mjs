import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepareDataDir } from './paths.mjs';
import { freePort } from './ports.mjs';
import { postgresUser, preparePostgres } from './postgres.mjs';
import { SupervisedProcess } from './SupervisedProcess.mjs';

/**
 * Runs work against a PostgreSQL server of its own that is gone afterwards.
 *
 * @template T
 * @param {(connectionString: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withPostgres(work) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'slipway-test-'));
  prepareDataDir(dataDir);
  const port = await freePort();
  const password = 'postgres';
  let server;
  try {
    server = new SupervisedProcess(
      preparePostgres({
        dataDir,
        port,
        password,
        logFile: path.join(dataDir, 'logs/postgres.log'),
        volatile: true,
      }),
    );
    await server.start();
    return await work(
      `postgresql://${postgresUser}:${password}@127.0.0.1:${port}`,
    );
  } finally {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
