import { randomUUID } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { StateDatabase } from '../state/StateDatabase';

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** A database for states of its own, on the server of this test run. */
export class TestStates {
  readonly url: URL;
  readonly database: StateDatabase;
  readonly #server: URL;

  private constructor(server: URL, name: string) {
    this.#server = server;
    this.url = new URL(server);
    this.url.pathname = name;
    this.url.searchParams.set('sslmode', 'disable');
    this.database = new StateDatabase(this.url);
  }

  /** One that another process has made. */
  static open(name: string): TestStates {
    return new TestStates(serverUrl(), name);
  }

  static async create(): Promise<TestStates> {
    const name = `terraform_${randomUUID().replaceAll('-', '_')}`;
    const states = TestStates.open(name);
    await ask(states.#server, `create database ${name}`);
    return states;
  }

  get name(): string {
    return this.url.pathname.slice(1);
  }

  /** The same database, by another way. */
  by(port: number): StateDatabase {
    const url = new URL(this.url);
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return new StateDatabase(url);
  }

  /** Speaks to it past the CLI. */
  async ask<TRow extends QueryResultRow>(
    query: string,
    values: unknown[] = [],
  ): Promise<TRow[]> {
    return await ask<TRow>(this.url, query, values);
  }

  /** The schemas that hold states. */
  async schemas(): Promise<string[]> {
    const rows = await this.ask<{ name: string }>(
      `select schema_name as name from information_schema.schemata where schema_name like 'slipway%' order by 1`,
    );
    return rows.map(({ name }) => name);
  }

  async remove(): Promise<void> {
    await ask(this.#server, `drop database ${this.name} with (force)`);
  }
}

function serverUrl(): URL {
  const text = process.env[VARIABLE];
  if (!text) {
    throw new Error(`${VARIABLE} is not set: run npm test -- unit.`);
  }
  return new URL(text);
}

async function ask<TRow extends QueryResultRow>(
  url: URL,
  query: string,
  values: unknown[] = [],
): Promise<TRow[]> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<TRow>(query, values)).rows;
  } finally {
    await client.end();
  }
}
