import { isError, ServiceUnavailableError } from '@backstage/errors';
import { Client, escapeIdentifier } from 'pg';

/** What nobody answers within this time counts as not reachable. */
const SILENCE_MS = 10_000;
/** Of two numbers, so that it is none of the CLI's own locks, which are of one. Any number will do. */
const CREATION_LOCK = [0x51_1b, 1];
/** What the backend's first start in a database creates for all of its schemas. */
const SHARED_SEQUENCE = 'public.global_states_id_seq';

/**
 * Where the CLI's `pg` backend keeps states: a schema for each resource. Beside finding out whether one is there, and dropping it, all of it is the
 * CLI's own business.
 *
 * The backend's locks are advisory locks of a session of the server: they end with the process that holds them, so that none is left
 * behind to be broken by hand. Where a whole machine is gone, the server finds out by the keepalives that are asked for here.
 */
export class StateDatabase {
  readonly #url: URL;

  constructor(url: URL) {
    this.#url = url;
  }

  /** What tells the CLI where the state is. Never on its command line, which everybody on the machine can read. */
  environmentOf(schema: string): Record<string, string> {
    const url = new URL(this.#url);
    const settings = {
      application_name: schema,
      tcp_keepalives_idle: '10',
      tcp_keepalives_interval: '5',
      tcp_keepalives_count: '3',
    };
    Object.entries(settings).forEach(([name, value]) =>
      url.searchParams.set(name, value),
    );
    return { PG_CONN_STR: url.href, PG_SCHEMA_NAME: schema };
  }

  /** What must not be told to people. */
  get secrets(): string[] {
    return [this.#url.href, decodeURIComponent(this.#url.password)];
  }

  async hasState(schema: string, signal: AbortSignal): Promise<boolean> {
    const table = `${escapeIdentifier(schema)}.states`;
    return await this.#connected(signal, async client => {
      const { rows } = await client.query<{ found: boolean }>(
        'select to_regclass($1) is not null as found',
        [table],
      );
      if (!rows[0].found) {
        return false;
      }
      const { rowCount } = await client.query(
        `select from ${table} where name = 'default'`,
      );
      return rowCount === 1;
    });
  }

  /** Lets the backend create a schema. What all schemas share, two must not create at once. */
  async creating<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return await this.#connected(signal, async client => {
      const { rows } = await client.query<{ found: boolean }>(
        'select to_regclass($1) is not null as found',
        [SHARED_SEQUENCE],
      );
      if (!rows[0].found) {
        await client.query('select pg_advisory_lock($1, $2)', CREATION_LOCK);
      }
      return await work();
    });
  }

  /** Forgets a state with all that belongs to it. */
  async drop(schema: string, signal: AbortSignal): Promise<void> {
    await this.#connected(signal, client =>
      client.query(`drop schema if exists ${escapeIdentifier(schema)} cascade`),
    );
  }

  async #connected<T>(
    signal: AbortSignal,
    work: (client: Client) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const client = new Client({
      connectionString: this.#url.href,
      connectionTimeoutMillis: SILENCE_MS,
      application_name: 'slipway',
    });
    // Whoever waits for an answer is told; an event without a listener would end the process.
    client.on('error', () => undefined);
    const close = () => void client.end();
    signal.addEventListener('abort', close, { once: true });
    try {
      await client.connect().catch(error => {
        throw new ServiceUnavailableError(
          `The database with the states of the modules can't be reached (${isError(error) ? error.message : error}). Try again once it answers.`,
          error,
        );
      });
      return await work(client);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', close);
      await client.end();
    }
  }
}
