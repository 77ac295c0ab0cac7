import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import pg from 'pg';
import { keyId, rotateKey, settleKeys } from './encryptionKeys.mjs';
import { portalEnvironment } from './environment.mjs';
import { readOrCreateSecrets } from './secrets.mjs';
import { withPostgres } from './withPostgres.mjs';

/** No server answers there. */
const nowhere = { host: '127.0.0.1', port: 1 };

describe('npm run rotate-key', () => {
  let dataDir;

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'slipway-keys-test-'));
  });

  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('makes a new key, once until it is used, and keeps the one before', async () => {
    const { encryptionKey: old } = readOrCreateSecrets(dataDir);
    assert.match(rotateKey(dataDir), /Made a new key/);
    const { encryptionKey: made, previousEncryptionKeys } =
      readOrCreateSecrets(dataDir);
    assert.notEqual(made, old);
    assert.deepEqual(previousEncryptionKeys, [old]);
    assert.match(rotateKey(dataDir), /There is a new key already/);
    assert.equal(readOrCreateSecrets(dataDir).encryptionKey, made);

    await settleKeys(dataDir, nowhere);
    rotateKey(dataDir);
    assert.deepEqual(readOrCreateSecrets(dataDir).previousEncryptionKeys, [
      made,
      old,
    ]);
    const file = statSync(path.join(dataDir, 'secrets.json'));
    assert.equal(file.mode % 0o1000, 0o600);
  });

  it('hands the keys of before to the backend', () => {
    readOrCreateSecrets(dataDir);
    rotateKey(dataDir);
    const secrets = readOrCreateSecrets(dataDir);
    const env = portalEnvironment({ dataDir, ports: {}, secrets });
    assert.deepEqual(
      JSON.parse(env.APP_CONFIG_platform_previousEncryptionKeys),
      secrets.previousEncryptionKeys,
    );
  });

  it('has nothing to rotate where there is no portal', () => {
    assert.throws(() => rotateKey(dataDir), /There is no portal in/);
  });

  it('is not misled by a write that was cut off', () => {
    const { encryptionKey } = readOrCreateSecrets(dataDir);
    writeFileSync(path.join(dataDir, 'secrets.json.new'), '{"encryp');
    assert.equal(readOrCreateSecrets(dataDir).encryptionKey, encryptionKey);
    rotateKey(dataDir);
    assert.deepEqual(readOrCreateSecrets(dataDir).previousEncryptionKeys, [
      encryptionKey,
    ]);
  });

  it('forgets a key once nothing needs it, and not before', async () => {
    const { encryptionKey: old } = readOrCreateSecrets(dataDir);
    rotateKey(dataDir);
    await withPostgres(async url => {
      const connection = connectionOf(url);
      const settle = async () =>
        (await settleKeys(dataDir, connection)).previousEncryptionKeys;
      // There is no database to ask yet, and then nobody knows.
      assert.deepEqual(await settle(), [old]);
      assert.deepEqual(await settle(), [old]);
      const client = await createTables(connection);
      const change = (text, values) => client.query(text, values);
      const id = keyId(old);
      for (const [needs, done] of [
        [
          `INSERT INTO resources VALUES ('x', '${id}')`,
          `UPDATE resources SET secrets_key = 'new'`,
        ],
        [
          `INSERT INTO run_secrets VALUES ('${id}')`,
          `UPDATE run_secrets SET key_id = 'new'`,
        ],
        [
          `INSERT INTO configuration_changes VALUES ('${keyId(old)}')`,
          `UPDATE configuration_changes SET secrets_key = 'new'`,
        ],
        [
          `INSERT INTO run_secrets VALUES (NULL)`,
          `UPDATE run_secrets SET key_id = 'new'`,
        ],
        [
          `INSERT INTO run_waits VALUES ('callback', 'open', 'yesterday')`,
          `UPDATE run_waits SET state = 'resumed'`,
        ],
      ]) {
        await change(needs);
        assert.deepEqual(await settle(), [old], needs);
        await change(done);
      }
      await change(
        `INSERT INTO run_waits VALUES ('callback', 'open', 'tomorrow')`,
      );
      assert.equal(await settle(), undefined);
      await client.end();
    });
  });

  it('calls keys what the backend calls them', () => {
    assert.equal(keyId('k'.repeat(32)), 'd706ec1b3a61');
  });
});

function connectionOf(url) {
  const { hostname, port, username, password } = new URL(url);
  return { host: hostname, port: Number(port), user: username, password };
}

/** As much of the platform's tables as it takes. */
async function createTables(connection) {
  const database = 'backstage_plugin_platform';
  const server = new pg.Client({ ...connection, database: 'postgres' });
  await server.connect();
  await server.query(`CREATE DATABASE ${database}`);
  await server.end();
  const client = new pg.Client({ ...connection, database });
  await client.connect();
  await client.query(`
    CREATE TABLE resources (secrets text, secrets_key text);
    CREATE TABLE configuration_changes (secrets_key text);
    CREATE TABLE run_secrets (key_id text);
    CREATE TABLE run_waits (kind text, state text, created_at timestamptz);
  `);
  return client;
}
