import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greet } from '../src/jobs/greet.js';
import { createLog } from './support/testQueue.js';

test('greets', async () => {
  const { entries, logger } = createLog();
  await greet.run({ name: 'Ada' }, { logger });
  assert.deepEqual(entries, [{ level: 'info', message: 'Hello Ada' }]);
});

test('says what is wrong with a job', async () => {
  for (const data of [{}, { name: '' }, { name: 7 }]) {
    await assert.rejects(greet.run(data, createLog()), /^Error: name: Send/);
  }
});
