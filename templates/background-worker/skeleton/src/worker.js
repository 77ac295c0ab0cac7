import { jobDuration } from './metrics.js';

/** Long enough for most jobs, and shorter than the platform waits before it kills. */
const DRAIN_MS = 25_000;
const POLL_SECONDS = 2;

/** Takes jobs from the queue, one of each kind at a time, until it is stopped. */
export async function startWorker({ boss, jobs, logger }) {
  for (const { name, queue, run } of jobs) {
    const deadLetter = `${name}-failed`;
    await boss.createQueue(deadLetter);
    const options = { notify: true, ...queue, deadLetter };
    await boss.createQueue(name, options);
    // Where it was there already, with what an earlier version said.
    await boss.updateQueue(name, options);
    let workerId;
    workerId = await boss.work(
      name,
      {
        includeMetadata: true,
        pollingIntervalSeconds: POLL_SECONDS,
        notifyPollingIntervalSeconds: POLL_SECONDS,
      },
      async ([job]) => {
        // There may be more: the next one is looked for at once when this one is done.
        boss.notifyWorker(workerId);
        await doJob(job, run, logger.child({ job: name, jobId: job.id }));
      },
    );
  }
  logger.info({ jobs: jobs.map(({ name }) => name) }, 'working');
}

/** Takes no more jobs, and resolves when those in hand are done or the time is up; those are tried again by another worker. */
export async function stopWorker(boss) {
  await boss.stop({ graceful: true, timeout: DRAIN_MS });
}

async function doJob(job, run, logger) {
  const end = jobDuration.startTimer({ job: job.name });
  const begun = performance.now();
  const durationMs = () => Math.round(performance.now() - begun);
  try {
    await run(job.data ?? {}, { logger, signal: job.signal });
    end({ outcome: 'done' });
    logger.info({ durationMs: durationMs() }, 'job done');
  } catch (error) {
    end({ outcome: 'failed' });
    const isLast = job.retryCount >= job.retryLimit;
    logger[isLast ? 'error' : 'warn'](
      { err: error, durationMs: durationMs(), attempt: job.retryCount + 1 },
      isLast ? 'job failed for good' : 'job failed, and is tried again',
    );
    throw error;
  }
}
