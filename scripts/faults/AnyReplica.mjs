import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from './Client.mjs';

/** Calls whichever replica answers, again and again. */
export class AnyReplica {
  #cluster;
  #random;

  /**
   * @param {import('./Cluster.mjs').Cluster} cluster
   * @param {import('./Random.mjs').Random} random
   */
  constructor(cluster, random) {
    this.#cluster = cluster;
    this.#random = random;
  }

  /** Answers nobody expected. @type {string[]} */
  surprises = [];

  /**
   * Calls any replica until one answers. Refusals other than the expected ones are surprises; the expected ones answer `undefined`.
   *
   * @param {string} path - below /api/platform
   * @param {{ body?: unknown, idempotencyKey?: string }} options
   * @param {number[]} [expected] - the statuses of refusals that may be
   * @param {import('./Client.mjs').Client} [client]
   */
  async insist(path, options, expected = [], client = this.#cluster.requester) {
    for (;;) {
      const ready = this.#cluster.replicas.filter(
        ({ state }) => state === 'ready',
      );
      if (ready.length > 0) {
        try {
          return await client.call(this.#random.pick(ready), path, options);
        } catch (error) {
          if (error instanceof Refused && expected.includes(error.status)) {
            return undefined;
          }
          if (error instanceof Refused && !isPassing(error)) {
            this.surprises.push(`${path} answered ${error.message}`);
            throw error;
          }
        }
      }
      if (this.#cluster.isStopping) throw new Error('The test is over.');
      await sleep(100);
    }
  }
}

/** A replica that was just frozen or started may not know the keys of tokens yet. */
function isPassing({ status }) {
  return status >= 500 || status === 401;
}
