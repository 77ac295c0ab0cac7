import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { metrics } from '../src/metrics.js';
import { checkQueue } from '../src/queue.js';
import { startWorker, stopWorker } from '../src/worker.js';
import {
  createLog,
  needsDatabase,
  openQueues,
  until,
} from './support/testQueue.js';

test(
  'does each job once, however many workers there are',
  needsDatabase,
  async context => {
    const { logger } = createLog();
    const workers = await openQueues(context, logger, 2);
    const done = [];
    const run = async ({ number }) => {
      await delay(20);
      done.push(number);
    };
    for (const boss of workers) {
      await startWorker({ boss, logger, jobs: [{ name: 'count', run }] });
    }
    const numbers = Array.from({ length: 10 }, (_, number) => number);
    for (const number of numbers) {
      await workers[0].send('count', { number });
    }
    await until(() => done.length >= numbers.length);
    await Promise.all(workers.map(boss => stopWorker(boss)));
    assert.deepEqual(
      done.toSorted((a, b) => a - b),
      numbers,
    );
    assert.match(
      await metrics.metrics(),
      /job_duration_seconds_count\{job="count",outcome="done"\} 10/,
    );
  },
);

test(
  'tries again what fails, and keeps what fails for good',
  needsDatabase,
  async context => {
    const { entries, logger } = createLog();
    const [boss] = await openQueues(context, logger);
    const run = async () => {
      throw new Error('out of order');
    };
    const queue = { retryLimit: 1, retryDelay: 0 };
    await startWorker({ boss, logger, jobs: [{ name: 'fail', queue, run }] });
    await boss.send('fail', { order: 7 });
    let kept = [];
    await until(async () => {
      kept = await boss.fetch('fail-failed');
      return kept.length > 0;
    });
    assert.deepEqual(kept[0].data, { order: 7 });
    const told = entries.filter(({ err }) => err?.message === 'out of order');
    assert.deepEqual(
      told.map(({ level, attempt }) => [level, attempt]),
      [
        ['warn', 1],
        ['error', 2],
      ],
    );
  },
);

test(
  'finishes what it has in hand when it is stopped, and takes no more',
  needsDatabase,
  async context => {
    const { logger } = createLog();
    const [boss, other] = await openQueues(context, logger, 2);
    const done = [];
    let begun = false;
    const run = async ({ number }) => {
      begun = true;
      await delay(1_000);
      done.push(number);
    };
    await startWorker({ boss, logger, jobs: [{ name: 'slow', run }] });
    await boss.send('slow', { number: 1 });
    await until(() => begun);
    await other.send('slow', { number: 2 });
    await stopWorker(boss);
    assert.deepEqual(done, [1]);
    const [left, ...more] = await other.fetch('slow', { batchSize: 5 });
    assert.deepEqual([left.data, more], [{ number: 2 }, []]);
  },
);

test('knows whether its database answers', needsDatabase, async context => {
  const [boss] = await openQueues(context, createLog().logger);
  await checkQueue(boss);
});
