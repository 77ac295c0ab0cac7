import { PgBoss } from 'pg-boss';

/** Two versions of the worker connect while one takes over from the other: twice as many have to fit into what the database allows. */
const POOL_SIZE = Number(process.env.DATABASE_POOL_SIZE ?? 3);
const CONNECT_MS = 1_500;

/** The queue in the database; `start` it before it is used. */
export function createQueue(url, logger, schema = 'queue') {
  if (!url) {
    throw new Error(
      'DATABASE_URL is not set. score.yaml sets it; on your own machine, give the URL of a PostgreSQL database.',
    );
  }
  const boss = new PgBoss({
    connectionString: url,
    schema,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: '${{ values.name }}',
    // New jobs are told of at once; asking for them now and then is for what is tried again.
    useListenNotify: true,
    schedule: false,
  });
  // Without a listener, a database that restarts would end the worker; it connects anew by itself.
  boss.on('error', error => {
    logger.warn({ err: error }, 'the queue has a problem');
  });
  return boss;
}

/** Resolves when the database answers. */
export async function checkQueue(boss) {
  await boss.getDb().executeSql('select 1');
}
