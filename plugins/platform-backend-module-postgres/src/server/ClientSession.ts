import { Client, type ClientBase, type QueryResultRow } from 'pg';
import { explainRefusal } from './explainRefusal';
import type { DatabaseSession, ServerSession } from './ServerSession';
import type { Statement } from './sql';

/** A session on a connection of `pg`. Asks nothing more once the signal has aborted. */
export class ClientSession implements ServerSession {
  readonly #client: ClientBase;
  readonly #connect: (database: string) => Client;
  readonly #signal: AbortSignal;

  /** @param options - `connect`: prepares a connection to another database of the same server */
  constructor(options: {
    client: ClientBase;
    connect: (database: string) => Client;
    signal: AbortSignal;
  }) {
    this.#client = options.client;
    this.#connect = options.connect;
    this.#signal = options.signal;
  }

  async read<TRow extends QueryResultRow>(
    text: string,
    values: unknown[],
  ): Promise<TRow[]> {
    this.#signal.throwIfAborted();
    const { rows } = await this.#client.query<TRow>(text, values);
    return rows;
  }

  async change(...statements: Statement[]): Promise<void> {
    this.#signal.throwIfAborted();
    if (statements.length > 0) {
      // The simple protocol executes what comes in one message as one transaction.
      await this.#client
        .query(statements.map(({ text }) => text).join(';\n'))
        .catch(explainRefusal);
    }
  }

  async within<T>(
    database: string,
    work: (session: DatabaseSession) => Promise<T>,
  ): Promise<T> {
    this.#signal.throwIfAborted();
    const client = this.#connect(database);
    await client.connect();
    try {
      return await work(
        new ClientSession({
          client,
          connect: this.#connect,
          signal: this.#signal,
        }),
      );
    } finally {
      await client.end();
    }
  }
}
