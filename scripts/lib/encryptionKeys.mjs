import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readOrCreateSecrets, secretsFile, writeSecrets } from './secrets.mjs';
import { UserError } from './UserError.mjs';

/** The database in which the platform keeps what it encrypts. */
const database = 'backstage_plugin_platform';

/**
 * Makes a new key, which the portal uses from its next start on; the one before is kept. Written whole or not at all, so that it can be
 * stopped at any moment. Called again before the next start, nothing changes: the new key isn't in use yet.
 *
 * @param {string} dataDir
 * @returns {string} what to tell the person
 */
export function rotateKey(dataDir) {
  if (!existsSync(path.join(dataDir, secretsFile))) {
    throw new UserError(
      `There is no portal in ${dataDir} yet, so there is no key to rotate. Start it once (npm start), or set SLIPWAY_DATA to its folder.`,
    );
  }
  const secrets = readOrCreateSecrets(dataDir);
  const { encryptionKey, previousEncryptionKeys = [] } = secrets;
  if (previousEncryptionKeys.length > 0 && !secrets.encryptionKeySince) {
    return 'There is a new key already. Start the portal anew, and it is used.';
  }
  writeSecrets(dataDir, {
    ...secrets,
    encryptionKey: randomBytes(32).toString('base64url'),
    encryptionKeySince: undefined,
    previousEncryptionKeys: [encryptionKey, ...previousEncryptionKeys],
  });
  return 'Made a new key. Start the portal anew: everything is encrypted with it then, while people work on. The one before is kept for as long as something needs it.';
}

/**
 * Notes that the current key is in use from now on, and forgets the keys of before that nothing needs any more. Call it before the backend
 * starts.
 *
 * @param {string} dataDir
 * @param {import('pg').ClientConfig} connection - to the portal's PostgreSQL
 * @returns {Promise<import('./secrets.mjs').Secrets>} what counts now
 */
export async function settleKeys(dataDir, connection) {
  const secrets = readOrCreateSecrets(dataDir);
  const { previousEncryptionKeys = [] } = secrets;
  if (previousEncryptionKeys.length === 0) return secrets;
  const since = secrets.encryptionKeySince;
  const settled =
    since && !(await needsKeys(connection, previousEncryptionKeys, since))
      ? { ...secrets, previousEncryptionKeys: undefined }
      : { ...secrets, encryptionKeySince: since ?? new Date().toISOString() };
  writeSecrets(dataDir, settled);
  return settled;
}

/**
 * Whether something is still encrypted with one of these keys, or may be signed with one: callbacks that were given out before another
 * key was used. Where that can't be told, they are needed.
 */
async function needsKeys(connection, keys, since) {
  // Only now: `npm start` loads this before it has installed anything.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ ...connection, database });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT EXISTS (SELECT 1 FROM resources WHERE secrets IS NOT NULL AND secrets_key = ANY($1))
         OR EXISTS (SELECT 1 FROM configuration_changes WHERE secrets_key = ANY($1))
         OR EXISTS (SELECT 1 FROM run_secrets WHERE key_id IS NULL OR key_id = ANY($1))
         OR EXISTS (SELECT 1 FROM run_waits WHERE kind = 'callback' AND state = 'open' AND created_at < $2) AS needed`,
      [keys.map(keyId), since],
    );
    return rows[0].needed;
  } catch {
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * What the backend calls a key; the same as `createKeys` of platform-backend, which is tested to have it so.
 *
 * @param {string} key
 */
export function keyId(key) {
  const derived = hkdfSync('sha256', key, 'slipway', 'key-id', 32);
  return Buffer.from(derived).toString('hex').slice(0, 12);
}
