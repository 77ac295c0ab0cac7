import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ agentToken: string, encryptionKey: string, postgresPassword: string, workloadPostgresPassword: string }} Secrets */

/**
 * The secrets of a data folder, made once; only their owner can read the file.
 *
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readOrCreateSecrets(dataDir) {
  const file = path.join(dataDir, 'secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = {
    agentToken: randomBytes(32).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64url'),
    postgresPassword: randomBytes(24).toString('base64url'),
    workloadPostgresPassword: randomBytes(24).toString('base64url'),
    ...known,
  };
  if (Object.keys(known).length < Object.keys(secrets).length) {
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, {
      mode: 0o600,
    });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}
