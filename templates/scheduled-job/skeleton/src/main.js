import { runJob } from './job.js';
import { logger } from './logger.js';
import { runToEnd } from './runToEnd.js';

process.exitCode = await runToEnd(runJob, logger);
