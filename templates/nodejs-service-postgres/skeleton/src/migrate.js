import path from 'node:path';
import { runner } from 'node-pg-migrate';

const FOLDER = path.join(import.meta.dirname, '../migrations');

/**
 * Brings the database up to date, all new migrations in one transaction. Instances that start together wait for each other; the version
 * that serves goes on serving meanwhile, so a migration must leave it working.
 */
export async function migrate(pool, logger, direction = 'up') {
  const client = await pool.connect();
  try {
    // A migration may take longer than a request. One that waits for a table keeps requests waiting behind it, so it gives up early.
    await client.query("set statement_timeout = 0; set lock_timeout = '10s'");
    const { rows } = await client.query('select current_schema as schema');
    const done = await runner({
      dbClient: client,
      dir: FOLDER,
      direction,
      migrationsSchema: rows[0].schema,
      migrationsTable: 'migrations',
      singleTransaction: true,
      advisoryLockMode: 'wait',
      logger: {
        info: text => logger.debug(text),
        warn: text => logger.debug(text),
        error: text => logger.error(text),
      },
    });
    logger.info({ migrations: done.map(({ name }) => name) }, 'migrated');
  } finally {
    // Ends the session, and its settings with it.
    client.release(true);
  }
}
