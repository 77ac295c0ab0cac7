import { Client, type ClientConfig, type QueryResultRow } from 'pg';
import { name, sql, type Statement } from '../server/sql';
import type { ServerOptions } from '../server/ServerOptions';

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** The server of this test run, as the configuration would describe it. */
export function testServerOptions(
  overrides: Partial<ServerOptions> = {},
): ServerOptions {
  const text = process.env[VARIABLE];
  if (!text) {
    throw new Error(`${VARIABLE} is not set: run npm test -- unit.`);
  }
  const { hostname, port, username, password } = new URL(text);
  return {
    name: 'default',
    host: hostname,
    port: Number(port),
    user: username,
    password,
    database: 'postgres',
    extensions: ['citext', 'pgcrypto'],
    ...overrides,
  };
}

/** Speaks to the server past the provider, over a connection for each question. */
export class ByHand {
  readonly #options: ServerOptions;

  constructor(options: ServerOptions = testServerOptions()) {
    this.#options = options;
  }

  async ask<TRow extends QueryResultRow>(
    text: string,
    values: unknown[] = [],
    as: ClientConfig = {},
  ): Promise<TRow[]> {
    const { host, port, user, password, database } = this.#options;
    const client = new Client({ host, port, user, password, database, ...as });
    // A session may be ended right after its answer; one without an answer fails its question.
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<TRow>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async do(statement: Statement, as: ClientConfig = {}): Promise<void> {
    await this.ask(statement.text, [], as);
  }

  /** Drops the roles whose names contain one of the texts, with the databases that belong to them. */
  async dropAllOf(...texts: string[]): Promise<void> {
    const roles = await this.ask<{ oid: number; name: string }>(
      'SELECT oid, rolname AS name FROM pg_roles WHERE EXISTS (SELECT FROM unnest($1::text[]) AS text WHERE strpos(rolname, text) > 0)',
      [texts],
    );
    const databases = await this.ask<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE datdba = ANY ($1)',
      [roles.map(({ oid }) => oid)],
    );
    for (const database of databases) {
      await this.do(sql`DROP DATABASE ${name(database.name)} WITH (FORCE)`);
    }
    if (roles.length > 0) {
      await this.do(sql`DROP ROLE ${roles.map(role => name(role.name))}`);
    }
  }
}
