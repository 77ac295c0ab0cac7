import pg from 'pg';

const INTERVAL_MS = 500;

/** Looks into a backend's databases for how far it is with what it was given. */
export class CatalogDatabases {
  #postgres;
  #prefix;

  /**
   * @param {object} postgres - how to connect to the server
   * @param {string} prefix - what the names of its databases begin with
   */
  constructor(postgres, prefix) {
    this.#postgres = postgres;
    this.#prefix = prefix;
  }

  /**
   * Waits until so many entities of a folder's files are served with all their relations.
   *
   * @param {string} folder
   * @param {number} count
   * @returns {Promise<number>} the seconds from the first that was read to the last that was served, as the database tells them
   */
  async ingested(folder, count) {
    return await this.#until('catalog', async client => {
      const { rows } = await client.query(
        `SELECT count(*) AS served,
           extract(epoch FROM max(last_updated_at) - min(last_discovery_at)) AS seconds,
           (SELECT count(*) FROM stitch_queue) + (SELECT count(*) FROM refresh_state WHERE processed_entity IS NULL) AS open
         FROM refresh_state JOIN final_entities USING (entity_id)
         WHERE final_entity IS NOT NULL
         AND location_key LIKE $1`,
        [`file:${folder}/entities-%`],
      );
      const [{ served, seconds, open }] = rows;
      return Number(served) >= count && Number(open) === 0
        ? Number(seconds)
        : undefined;
    });
  }

  /**
   * Waits until so many entities can be searched for.
   *
   * @param {number} count
   */
  async indexed(count) {
    await this.#until('search', async client => {
      const { rows } = await client.query(
        'SELECT count(*) AS count FROM documents',
      );
      return Number(rows[0].count) >= count || undefined;
    });
  }

  /**
   * Waits until who owns what is known of so many entities. The portal alone keeps that.
   *
   * @param {number} count
   */
  async projected(count) {
    await this.#until('ownership', async client => {
      const { rows } = await client.query(
        'SELECT count(*) AS count FROM entities WHERE gone_at IS NULL',
      );
      return Number(rows[0].count) >= count || undefined;
    });
  }

  /**
   * Does now what PostgreSQL would do during the measurement.
   *
   * @param {string[]} [plugins] - in whose databases
   */
  async settle(plugins = ['catalog', 'search']) {
    for (const plugin of plugins) {
      await this.#with(plugin, client => client.query('VACUUM (ANALYZE)'));
    }
  }

  async #until(plugin, look) {
    return await this.#with(plugin, async client => {
      for (;;) {
        const seen = await look(client);
        if (seen !== undefined) return seen;
        await new Promise(resolve => setTimeout(resolve, INTERVAL_MS));
      }
    });
  }

  async #with(plugin, work) {
    const client = new pg.Client({
      ...this.#postgres,
      database: `${this.#prefix}${plugin}`,
    });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
