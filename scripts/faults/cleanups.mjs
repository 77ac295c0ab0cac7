import { onStopRequest } from '../lib/stopRequests.mjs';

/** What has to be ended and removed, should the person stop the test. @type {Set<() => Promise<void>>} */
const cleanups = new Set();

/**
 * Does work that leaves nothing behind, however it ends: also when the person stops it with Ctrl-C.
 *
 * @template T
 * @param {() => Promise<void>} cleanUp
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withCleanup(cleanUp, work) {
  cleanups.add(cleanUp);
  try {
    return await work();
  } finally {
    await cleanUp();
    cleanups.delete(cleanUp);
  }
}

/** From here on, a wish to stop ends whatever runs, and then this process. */
export function cleanUpWhenStopped() {
  const stop = () => process.exit(130);
  onStopRequest({
    first: () => {
      Promise.allSettled([...cleanups].map(cleanUp => cleanUp())).then(stop);
    },
    second: stop,
  });
}
