import { serveHealth } from './health.js';
import { jobs } from './jobs/index.js';
import { logger } from './logger.js';
import { checkQueue, createQueue } from './queue.js';
import { startWorker, stopWorker } from './worker.js';

const port = Number(process.env.PORT ?? 8080);

/** Before it says that it is ready: a version that can't open its queue never takes over. */
async function openQueue() {
  try {
    const boss = createQueue(process.env.DATABASE_URL, logger);
    await boss.start();
    return boss;
  } catch (error) {
    // Without the stack, so that what the platform shows of it can be read.
    logger.fatal(
      `the queue could not be opened: ${error.message || error.code}`,
    );
    return process.exit(1);
  }
}

const boss = await openQueue();
await startWorker({ boss, jobs, logger });
const health = serveHealth({ port, check: () => checkQueue(boss), logger });

async function stop(signal) {
  if (!health.ready) {
    return;
  }
  health.ready = false;
  logger.info({ signal }, 'stopping');
  await stopWorker(boss);
  logger.info('stopped');
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
