import pg from 'pg';

/**
 * Logs in with a credential, makes a table and reads it: a database with which that works is usable.
 *
 * @param {{ host: string, port: string | number, name: string, username: string, password: string }} outputs
 */
export async function useDatabase({ host, port, name, username, password }) {
  const client = new pg.Client({
    ...{ host, port: Number(port), database: name, user: username, password },
  });
  await client.connect();
  try {
    await client.query('CREATE TABLE used AS SELECT 1 AS it; TABLE used');
  } finally {
    await client.end();
  }
}
