import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { runJob } from '../src/job.js';
import { runToEnd } from '../src/runToEnd.js';

/** A logger that keeps what it is told. */
function createLog() {
  const entries = [];
  const logger = {};
  for (const level of ['info', 'warn', 'error']) {
    logger[level] = (...parts) => entries.push([level, parts.at(-1)]);
  }
  return { entries, logger };
}

test('does its work', async () => {
  const { entries, logger } = createLog();
  const { signal } = new AbortController();
  assert.deepEqual(await runJob({ logger, signal }), { steps: 3 });
  assert.equal(entries.length, 3);
});

test('says that a run was good', async () => {
  const { entries, logger } = createLog();
  assert.equal(await runToEnd(async () => ({ steps: 1 }), logger), 0);
  assert.deepEqual(entries, [
    ['info', 'run begins'],
    ['info', 'run done'],
  ]);
});

test('says why a run failed', async () => {
  const { entries, logger } = createLog();
  const job = async () => {
    throw new Error('the disk is full');
  };
  assert.equal(await runToEnd(job, logger), 1);
  assert.deepEqual(entries.at(-1), ['error', 'run failed: the disk is full']);
});

test('comes to an end when it is told to', async () => {
  const { entries, logger } = createLog();
  const job = ({ signal }) => delay(60_000, undefined, { signal });
  const ended = runToEnd(job, logger);
  process.emit('SIGTERM', 'SIGTERM');
  assert.equal(await ended, 1);
  assert.deepEqual(entries.at(-1), [
    'error',
    'run failed: it was stopped by SIGTERM',
  ]);
});
