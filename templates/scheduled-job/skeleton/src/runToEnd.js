/** Long enough to come to an end, and shorter than the platform waits before it kills. */
const DRAIN_MS = 25_000;

/** Does a job once, says how it went, and answers the exit code: 0 for a good run. */
export async function runToEnd(job, logger) {
  const begun = performance.now();
  const durationMs = () => Math.round(performance.now() - begun);
  const abort = new AbortController();

  function stop(signal) {
    logger.warn({ signal }, 'stopping');
    abort.abort(new Error(`it was stopped by ${signal}`));
    setTimeout(() => {
      logger.error('did not stop in time; exiting');
      process.exit(1);
    }, DRAIN_MS).unref();
  }

  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    logger.info('run begins');
    const result = await job({ logger, signal: abort.signal });
    logger.info({ ...result, durationMs: durationMs() }, 'run done');
    return 0;
  } catch (error) {
    const reason = abort.signal.aborted ? abort.signal.reason : error;
    logger.error(
      { err: reason, durationMs: durationMs() },
      `run failed: ${reason.message}`,
    );
    return 1;
  } finally {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
  }
}
