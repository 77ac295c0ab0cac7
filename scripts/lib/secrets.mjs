import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The file of a data folder in which its secrets are. */
export const secretsFile = 'secrets.json';

/**
 * @typedef {object} Secrets
 * @property {string} agentToken
 * @property {string} encryptionKey
 * @property {string} [encryptionKeySince] - when it was first used, ISO 8601, where there was another before
 * @property {string[]} [previousEncryptionKeys] - what was encrypted with one of them may not be encrypted anew yet
 * @property {string} postgresPassword
 * @property {string} workloadPostgresPassword
 */

/**
 * The secrets of a data folder, made once; only their owner can read the file.
 *
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function readOrCreateSecrets(dataDir) {
  const file = path.join(dataDir, secretsFile);
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = {
    agentToken: randomBytes(32).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64url'),
    postgresPassword: randomBytes(24).toString('base64url'),
    workloadPostgresPassword: randomBytes(24).toString('base64url'),
    ...known,
  };
  if (Object.keys(known).length < Object.keys(secrets).length) {
    writeSecrets(dataDir, secrets);
  }
  return secrets;
}

/**
 * Stores them, whole or not at all.
 *
 * @param {string} dataDir
 * @param {Secrets} secrets
 */
export function writeSecrets(dataDir, secrets) {
  const file = path.join(dataDir, secretsFile);
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, {
    mode: 0o600,
  });
  renameSync(`${file}.new`, file);
}
