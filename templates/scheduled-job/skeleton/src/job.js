import { setTimeout as delay } from 'node:timers/promises';

const STEPS = ['read', 'reckon', 'write'];

/** What a run does; an example to replace. Throws where it fails. `signal` aborts when it has to stop. */
export async function runJob({ logger, signal }) {
  for (const step of STEPS) {
    signal.throwIfAborted();
    // The work goes here.
    await delay(10, undefined, { signal });
    logger.info({ step }, 'step done');
  }
  return { steps: STEPS.length };
}
