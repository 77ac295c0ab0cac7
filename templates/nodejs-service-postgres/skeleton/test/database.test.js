import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDatabase, createPool } from '../src/database.js';
import { logger } from '../src/logger.js';
import { migrate } from '../src/migrate.js';
import { PostgresNotes } from '../src/notes/PostgresNotes.js';
import { createSchema, needsDatabase } from './support/testDatabase.js';

async function open(context) {
  const pool = createPool(await createSchema(context), logger);
  context.after(() => pool.end());
  return pool;
}

test(
  'migrates up once, however many instances start, and down again',
  needsDatabase,
  async context => {
    const pool = await open(context);
    await Promise.all([migrate(pool, logger), migrate(pool, logger)]);
    await pool.query('select * from notes');
    await migrate(pool, logger, 'down');
    await assert.rejects(pool.query('select * from notes'), /does not exist/);
  },
);

test('keeps notes, the newest first', needsDatabase, async context => {
  const pool = await open(context);
  await migrate(pool, logger);
  const notes = new PostgresNotes(pool);
  const { id } = await notes.add('Buy milk');
  await notes.add("Robert'); drop table notes; --");
  assert.deepEqual(
    (await notes.list()).map(({ text }) => text),
    ["Robert'); drop table notes; --", 'Buy milk'],
  );
  assert.equal(await notes.remove(id), true);
  assert.equal(await notes.remove(id), false);
});

test('knows whether the database answers', async context => {
  const pool = createPool('postgresql://127.0.0.1:1/nowhere', logger);
  context.after(() => pool.end());
  await assert.rejects(checkDatabase(pool), { code: 'ECONNREFUSED' });
});
