import { createApp } from './app.js';
import { checkDatabase, createPool } from './database.js';
import { logger } from './logger.js';
import { migrate } from './migrate.js';
import { PostgresNotes } from './notes/PostgresNotes.js';
import { serve } from './server.js';

const port = Number(process.env.PORT ?? 8080);

/** Before it listens: a version whose migration fails never becomes ready, and the one before it goes on serving. */
async function openDatabase() {
  try {
    const pool = createPool(process.env.DATABASE_URL, logger);
    await migrate(pool, logger);
    return pool;
  } catch (error) {
    // Without the stack, so that what the platform shows of it can be read.
    logger.fatal(
      `the database could not be migrated: ${error.message || error.code}`,
    );
    return process.exit(1);
  }
}

const pool = await openDatabase();
const app = createApp({
  notes: new PostgresNotes(pool),
  checkDatabase: () => checkDatabase(pool),
});
serve(app, port, logger).once('close', () => pool.end());
