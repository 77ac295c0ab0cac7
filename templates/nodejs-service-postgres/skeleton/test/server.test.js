import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createSchema, needsDatabase } from './support/testDatabase.js';

function start(url) {
  return spawn(process.execPath, ['src/main.js'], {
    env: { ...process.env, PORT: '0', DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The first line that the service logs with this message. */
async function logged(child, message) {
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line);
    if (entry.msg === message) {
      return entry;
    }
  }
  throw new Error(`The service ended without saying "${message}".`);
}

test(
  'migrates, serves, then finishes and ends on SIGTERM',
  needsDatabase,
  async context => {
    const child = start(await createSchema(context));
    const { port } = await logged(child, 'listening');
    assert.equal((await fetch(`http://127.0.0.1:${port}/ready`)).status, 200);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  },
);

test('does not start without a database, and says so', async () => {
  const child = start('postgresql://127.0.0.1:1/nowhere');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { level, msg } = JSON.parse(line);
  assert.equal(level, 'fatal');
  assert.match(msg, /^the database could not be migrated: .*ECONNREFUSED/);
  assert.deepEqual(await once(child, 'exit'), [1, null]);
});
