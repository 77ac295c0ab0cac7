import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createQueue } from '../../src/queue.js';

export const url = process.env.TEST_DATABASE_URL;

/** For tests that need a database: skips them where none is given. */
export const needsDatabase = { skip: !url && 'TEST_DATABASE_URL is not set' };

/** A logger that keeps what it is told. */
export function createLog() {
  const entries = [];
  const logger = { child: () => logger };
  for (const level of ['debug', 'info', 'warn', 'error', 'fatal']) {
    logger[level] = (...parts) =>
      entries.push({ level, message: parts.at(-1), ...(parts[1] && parts[0]) });
  }
  return { entries, logger };
}

/** Queues in a schema of their own in the database that is given, dropped after the test; each is another worker's. */
export async function openQueues(test, logger, count = 1) {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const queues = [];
  for (let index = 0; index < count; index += 1) {
    const boss = createQueue(url, logger, schema);
    await boss.start();
    queues.push(boss);
  }
  test.after(async () => {
    await Promise.all(queues.map(boss => boss.stop({ graceful: false })));
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`drop schema ${schema} cascade`);
    await admin.end();
  });
  return queues;
}

/** Waits for a condition. */
export async function until(isRight) {
  const deadline = Date.now() + 20_000;
  while (!(await isRight())) {
    if (Date.now() > deadline) {
      throw new Error(`Never came about: ${isRight}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
