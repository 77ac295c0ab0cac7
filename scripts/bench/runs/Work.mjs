import { randomUUID } from 'node:crypto';

/** How many requests are under way at a time. */
const PARALLEL = 16;

/** Starts runs of the bench's kinds, spread over the replicas that are ready. */
export class Work {
  #cluster;

  /** @param {import('../../faults/Cluster.mjs').Cluster} cluster */
  constructor(cluster) {
    this.#cluster = cluster;
    /** What the targets of this work begin with. */
    this.name = randomUUID().slice(0, 8);
  }

  get ready() {
    return this.#cluster.replicas.filter(({ state }) => state === 'ready');
  }

  /**
   * Starts so many runs, each with a target of its own.
   *
   * @param {string} kind
   * @param {number} count
   */
  async start(kind, count) {
    let next = 0;
    const lane = async () => {
      while (next < count) {
        const number = next;
        next += 1;
        await this.#cluster.requester.call(
          this.ready[number % this.ready.length],
          '/runs',
          {
            body: { kind, input: { target: `${this.name}-${kind}-${number}` } },
          },
        );
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, lane));
  }

  /** Lets the runs that occupy workers go, or makes those that come hold. */
  async gate(state) {
    await Promise.all(
      this.ready.map(replica =>
        this.#cluster.requester.call(replica, `/faults/gate/${state}`, {
          body: {},
        }),
      ),
    );
  }
}
