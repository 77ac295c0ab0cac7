import { isDeepStrictEqual } from 'node:util';
import type { JobStatus } from '@slipway/plugin-platform-common';
import type { Instance, InstanceHealth } from './Instance';
import type { WorkloadStop } from './types';

/** How a workload is, and since when. */
export class WorkloadHealth {
  #now: InstanceHealth = { health: 'stopped' };
  #since = new Date().toISOString();
  #instanceId: string | undefined;
  #job: JobStatus | undefined;
  #ready: number | undefined;

  get current(): InstanceHealth & { since: string } {
    return { ...this.#now, since: this.#since };
  }

  /**
   * Takes in what there is now. Answers whether anything about it is another.
   *
   * @param seen - `problem`: what is wrong with a workload whose processes are well
   */
  look(seen: {
    serving: Instance | undefined;
    stopped: WorkloadStop | undefined;
    starting: Instance | undefined;
    problem: string | undefined;
  }): boolean {
    const now = seen.stopped
      ? { health: 'stopped' as const, message: `${seen.stopped.reason}.` }
      : withProblem(
          (seen.serving ?? seen.starting)?.health ?? { health: 'stopped' },
          seen.problem,
        );
    const ready = seen.serving?.readyCount;
    const instanceId = seen.serving?.record.instanceId;
    const job = structuredClone(seen.serving?.job);
    const hasChanged =
      now.health !== this.#now.health ||
      now.message !== this.#now.message ||
      instanceId !== this.#instanceId ||
      ready !== this.#ready ||
      !isDeepStrictEqual(job, this.#job);
    if (now.health !== this.#now.health) {
      this.#since = new Date().toISOString();
    }
    this.#now = now;
    this.#ready = ready;
    this.#instanceId = instanceId;
    this.#job = job;
    return hasChanged;
  }
}

function withProblem(
  now: InstanceHealth,
  problem: string | undefined,
): InstanceHealth {
  return problem && now.health === 'healthy'
    ? { health: 'degraded', message: problem }
    : now;
}
