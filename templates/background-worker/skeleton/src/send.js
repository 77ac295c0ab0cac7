import { logger } from './logger.js';
import { createQueue } from './queue.js';

/** Puts a job into the queue: npm run send greet '{"name":"Ada"}' */
const [name, data = '{}'] = process.argv.slice(2);

const boss = createQueue(process.env.DATABASE_URL, logger);
await boss.start();
try {
  const id = await boss.send(name, JSON.parse(data));
  logger.info({ job: name, jobId: id }, 'sent');
} catch (error) {
  logger.error(`the job could not be sent: ${error.message}`);
  process.exitCode = 1;
} finally {
  await boss.stop();
}
