import type { Knex } from 'knex';
import type { Client } from 'pg';

/** Listens on a channel, and connects anew when the connection breaks; polling goes on meanwhile. */
export class PostgresListener {
  #closed = false;
  #client: Client | undefined;

  constructor(
    private readonly knex: Knex,
    private readonly channel: string,
    private readonly onNotification: (payload: string) => void,
    private readonly onReconnect: () => void,
  ) {}

  async connect(): Promise<void> {
    const client: Client = await this.knex.client.acquireRawConnection();
    client.on('error', () => client.end().catch(() => undefined));
    client.on('end', () => this.#reconnectLater());
    client.on('notification', ({ payload }) =>
      this.onNotification(payload ?? ''),
    );
    await client.query(`LISTEN ${client.escapeIdentifier(this.channel)}`);
    this.#client = client;
    this.onReconnect();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  #reconnectLater(): void {
    if (!this.#closed) {
      setTimeout(() => {
        this.connect().catch(() => this.#reconnectLater());
      }, 1_000).unref();
    }
  }
}
