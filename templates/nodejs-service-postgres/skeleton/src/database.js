import pg from 'pg';

/** Two versions of the service connect while one takes over from the other: twice as many have to fit into what the database allows. */
const POOL_SIZE = Number(process.env.DATABASE_POOL_SIZE ?? 4);
const CONNECT_MS = 5_000;
const CHECK_MS = 1_000;

/** Connections to the database, opened when they are needed. */
export function createPool(url, logger) {
  if (!url) {
    throw new Error(
      'DATABASE_URL is not set. score.yaml sets it; on your own machine, give the URL of a PostgreSQL database.',
    );
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: '${{ values.name }}',
  });
  // A connection that nobody uses may break, for example when the server restarts; the next query opens another one.
  pool.on('error', error => {
    logger.warn({ err: error }, 'lost a connection to the database');
  });
  return pool;
}

/** Resolves when the database answers. */
export async function checkDatabase(pool) {
  await pool.query({ text: 'select 1', query_timeout: CHECK_MS });
}
