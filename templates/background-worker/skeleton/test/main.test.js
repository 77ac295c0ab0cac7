import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { serveHealth } from '../src/health.js';
import { createLog, until } from './support/testQueue.js';

test('does not start without a database, and says so', async () => {
  const child = spawn(process.execPath, ['src/main.js'], {
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: 'postgresql://127.0.0.1:1/nowhere',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const fatal = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { level, msg } = JSON.parse(line);
    if (level === 'fatal') {
      fatal.push(msg);
    }
  }
  assert.match(fatal.join(), /^the queue could not be opened: .*ECONNREFUSED/);
  assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 1);
});

test('is alive, and ready until it stops or the database is away', async context => {
  const { entries, logger } = createLog();
  let isAway = false;
  const health = serveHealth({
    port: 0,
    logger,
    check: async () => {
      if (isAway) {
        throw new Error('connection refused');
      }
    },
  });
  context.after(() => health.close());
  await until(() => entries.length > 0);
  const url = `http://127.0.0.1:${entries[0].port}`;
  const ask = async where => (await fetch(`${url}${where}`)).status;
  assert.equal(await ask('/ready'), 200);
  isAway = true;
  assert.equal(await ask('/ready'), 503);
  assert.equal(await ask('/health'), 200);
  isAway = false;
  assert.equal(await ask('/ready'), 200);
  health.ready = false;
  assert.equal(await ask('/ready'), 503);
  assert.equal(await ask('/health'), 200);
  assert.equal(await ask('/nowhere'), 404);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /process_cpu_seconds_total/);
});
