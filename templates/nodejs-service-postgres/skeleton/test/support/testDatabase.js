import { randomBytes } from 'node:crypto';
import pg from 'pg';

const url = process.env.TEST_DATABASE_URL;

/** For tests that need a database: skips them where none is given. */
export const needsDatabase = { skip: !url && 'TEST_DATABASE_URL is not set' };

/** A schema of its own in the database that is given, dropped after the test. */
export async function createSchema(test) {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create schema ${name}`);
  test.after(async () => {
    await admin.query(`drop schema ${name} cascade`);
    await admin.end();
  });
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${name}`);
  return own.href;
}
