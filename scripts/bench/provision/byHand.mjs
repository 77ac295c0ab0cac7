import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { useDatabase } from './useDatabase.mjs';

/**
 * A database as somebody makes it by hand who knows how, and who gets what the platform gives: an owner with a login, a reader with another,
 * limits, and nobody else let in. One statement after the other, in one session, as a script does. Waits until the login works.
 *
 * @param {import('pg').Client} client - the administrator's, in the database `postgres`
 * @param {string} name
 */
export async function makeByHand(client, name) {
  const password = randomBytes(24).toString('hex');
  const statements = [
    `CREATE ROLE ${name}`,
    `CREATE ROLE ${name}_a LOGIN PASSWORD '${password}' IN ROLE ${name}`,
    `ALTER ROLE ${name}_a SET role TO ${name}`,
    `CREATE ROLE ${name}_ro`,
    `CREATE ROLE ${name}_ro_a LOGIN PASSWORD '${password}' IN ROLE ${name}_ro`,
    `CREATE DATABASE ${name} OWNER ${name} CONNECTION LIMIT 20`,
    `ALTER DATABASE ${name} SET statement_timeout TO '30s'`,
    `ALTER DATABASE ${name} SET idle_in_transaction_session_timeout TO '60s'`,
    `ALTER DATABASE ${name} SET work_mem TO '4MB'`,
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${name} TO ${name}_ro`,
  ];
  for (const statement of statements) await client.query(statement);
  const { host, port, user, password: own } = client;
  const inside = new pg.Client({
    ...{ host, port, user, database: name },
    password: own,
  });
  await inside.connect();
  for (const statement of [
    `GRANT USAGE ON SCHEMA public TO ${name}_ro`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${name} GRANT SELECT ON TABLES TO ${name}_ro`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${name} GRANT SELECT ON SEQUENCES TO ${name}_ro`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${name} GRANT USAGE ON SCHEMAS TO ${name}_ro`,
  ]) {
    await inside.query(statement);
  }
  await inside.end();
  await useDatabase({
    ...{ host, port, name, username: `${name}_a`, password },
  });
}
