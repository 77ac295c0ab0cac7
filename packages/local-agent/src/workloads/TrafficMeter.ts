import type { TrafficCounts } from '@slipway/plugin-platform-backend-module-local-runtime';

const BUCKETS_MS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

/** Counts the requests of a workload; the golden signals are made from it. */
export class TrafficMeter {
  #requests = 0;
  #errors = 0;
  readonly #counts = new Array<number>(BUCKETS_MS.length + 1).fill(0);

  record(status: number, durationMs: number): void {
    this.#requests += 1;
    if (status >= 500) {
      this.#errors += 1;
    }
    const bucket = BUCKETS_MS.findIndex(limit => durationMs <= limit);
    this.#counts[bucket < 0 ? BUCKETS_MS.length : bucket] += 1;
  }

  snapshot(): TrafficCounts {
    return {
      requests: this.#requests,
      errors: this.#errors,
      buckets: this.#counts.map((count, index) => ({
        ...(index < BUCKETS_MS.length && { leMs: BUCKETS_MS[index] }),
        count,
      })),
    };
  }
}
