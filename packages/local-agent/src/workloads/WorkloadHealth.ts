import type { InstanceHealth, InstanceSupervisor } from './InstanceSupervisor';

/** How a workload is, and since when. */
export class WorkloadHealth {
  #now: InstanceHealth = { health: 'stopped' };
  #since = new Date().toISOString();
  #instanceId: string | undefined;

  get current(): InstanceHealth & { since: string } {
    return { ...this.#now, since: this.#since };
  }

  /**
   * Takes in what there is now. Answers whether anything about it is another.
   *
   * @param seen - `problem`: what is wrong with a workload whose processes are well
   */
  look(seen: {
    serving: InstanceSupervisor | undefined;
    starting: InstanceSupervisor | undefined;
    problem: string | undefined;
  }): boolean {
    const now = withProblem(
      (seen.serving ?? seen.starting)?.health ?? { health: 'stopped' },
      seen.problem,
    );
    const instanceId = seen.serving?.record.instanceId;
    const hasChanged =
      now.health !== this.#now.health ||
      now.message !== this.#now.message ||
      instanceId !== this.#instanceId;
    if (now.health !== this.#now.health) {
      this.#since = new Date().toISOString();
    }
    this.#now = now;
    this.#instanceId = instanceId;
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
