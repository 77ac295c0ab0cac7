import { randomUUID } from 'node:crypto';
import { isError } from '@backstage/errors';
import type { ProvidedResource } from '@slipway/plugin-platform-node';
import type { ProviderSetup } from '@slipway/plugin-platform-node/testUtils';
import type { ClientConfig } from 'pg';
import { createPostgresProvider } from '../createPostgresProvider';
import { namesOf } from '../database/DatabaseNames';
import type { ServerOptions } from '../server/ServerOptions';
import { name, sql } from '../server/sql';
import { ByHand, testServerOptions } from './ByHand';
import { TestServer } from './TestServer';

/** Who a workload logs in as. */
export function loginOf({ outputs }: ProvidedResource): ClientConfig {
  const { name: database, username: user, password } = outputs;
  return { database, user, password };
}

/** Who logs in to read. */
export function readerOf({ outputs }: ProvidedResource): ClientConfig {
  const {
    name: database,
    readonly_username: user,
    readonly_password: password,
  } = outputs;
  return { database, user, password };
}

/** The provider on the server of this test run, for the contract of resource providers. */
export function createPostgresSetup(
  options: ServerOptions = testServerOptions(),
): ProviderSetup {
  const byHand = new ByHand();
  const servers: TestServer[] = [];
  const legacies: string[] = [];

  /** The server by two names, so that a database can move. */
  const createProvider = (changes?: number) => {
    const both = [options, { ...options, name: 'other' }].map(
      each => new TestServer(each, changes),
    );
    servers.push(...both);
    return createPostgresProvider(both);
  };

  const canRead = async (resource: ProvidedResource) => {
    const rows = await byHand.ask('SELECT 1', [], readerOf(resource));
    return rows.length === 1;
  };

  return {
    provider: createProvider(),
    parameters: { size: 'small', extensions: ['citext'] },
    changed: { size: 'medium', connections: 30, extensions: ['pgcrypto'] },
    losing: { size: 'small', extensions: ['citext'], server: 'other' },
    bad: [
      ['a size that there is not', { size: 'huge' }, 'size'],
      ['no connections', { connections: 0 }, '>=1'],
      ['half a connection', { connections: 1.5 }, 'expected int'],
      ['an unknown server', { server: 'moon' }, 'There are: default, other'],
      [
        'an extension that is not offered',
        { extensions: ['plpython3u'] },
        'doesn\'t offer the extension "plpython3u". It offers: citext, pgcrypto',
      ],
      [
        'more than a name of an extension',
        { extensions: ['citext"; DROP DATABASE postgres; --'] },
        "doesn't offer the extension",
      ],
    ],

    drift: async resource => {
      const { database } = namesOf(resource);
      await byHand.do(sql`ALTER DATABASE ${name(database)} CONNECTION LIMIT 7`);
      return 'connections';
    },
    remove: resource =>
      byHand.do(
        sql`DROP DATABASE ${name(namesOf(resource).database)} WITH (FORCE)`,
      ),
    count: async resource => {
      const { owner, deleted } = namesOf(resource);
      const key = keyIn(deleted);
      const [{ databases, roles }] = await byHand.ask<{
        databases: number;
        roles: number;
      }>(
        `SELECT (SELECT count(*)::int FROM pg_database WHERE strpos(datname, $1) > 0 OR pg_get_userbyid(datdba) = $2) AS databases,
           (SELECT count(*)::int FROM pg_roles WHERE strpos(rolname, $1) > 0) AS roles`,
        [key, owner],
      );
      return databases === 0 && roles > 0 ? 1 : databases;
    },
    dying: changes => createProvider(changes),

    isUsable: async resource => {
      try {
        await byHand.ask(
          'CREATE TABLE used (); DROP TABLE used',
          [],
          loginOf(resource),
        );
        return await canRead(resource);
      } catch (error) {
        if (isError(error) && /password|not permitted/.test(error.message)) {
          return false;
        }
        throw error;
      }
    },
    data: {
      write: async resource => {
        await byHand.ask(
          "CREATE TABLE notes AS SELECT 'kept' AS text",
          [],
          loginOf(resource),
        );
      },
      isThere: async resource => {
        const rows = await byHand.ask(
          "SELECT FROM notes WHERE text = 'kept'",
          [],
          readerOf(resource),
        );
        return rows.length === 1;
      },
    },
    existing: {
      make: async () => {
        const legacy = `legacy_${randomUUID()}`;
        legacies.push(legacy);
        await byHand.do(sql`CREATE ROLE ${name(legacy)} LOGIN PASSWORD 'old'`);
        await byHand.do(
          sql`CREATE DATABASE ${name(legacy)} OWNER ${name(legacy)}`,
        );
        await byHand.ask("CREATE TABLE notes AS SELECT 'kept' AS text", [], {
          database: legacy,
          user: legacy,
          password: 'old',
        });
        return { database: legacy };
      },
      missing: { database: 'nowhere' },
    },

    cleanUp: async () => {
      const ids = servers.flatMap(server => [...server.resourceIds]);
      const keys = ids.map(id =>
        keyIn(namesOf({ id, name: 'any', state: {} }).deleted),
      );
      await byHand.dropAllOf(...keys, ...legacies);
      await Promise.all(servers.map(server => server.close()));
    },
  };
}

/** What all names of a resource have in them. */
function keyIn(deleted: string): string {
  return deleted.replace('deleted', '');
}
