import type { ManagedProcess, ProcessExit } from '../processes/ManagedProcess';
import { HealthMonitor } from './HealthMonitor';
import type { Endpoint, InstanceRecord, Tuning } from './types';

/** Watches a process that is ready. After `stop`, nothing is told any more. */
export class ServingWatch {
  readonly #monitor: HealthMonitor;
  readonly #stable: NodeJS.Timeout;
  #stopped = false;

  constructor(options: {
    process: ManagedProcess;
    endpoint: Endpoint;
    probes: Pick<InstanceRecord['spec'], 'readiness' | 'liveness'>;
    tuning: Tuning;
    /** It ran long enough to count as recovered. */
    stable(): void;
    /** A probe fails; `undefined` when all is well again. */
    degraded(reason: string | undefined): void;
    /** It runs, but its liveness probe failed too often: the watch has stopped. */
    dead(reason: string): void;
    /** It ended by itself: the watch has stopped. */
    exited(exit: ProcessExit): void;
  }) {
    const { endpoint, probes, tuning, degraded } = options;
    this.#stable = setTimeout(options.stable, tuning.stableAfterMs);
    this.#stable.unref();
    this.#monitor = new HealthMonitor({
      endpoint,
      probes,
      tuning,
      degraded,
      dead: reason => {
        this.stop();
        options.dead(reason);
      },
    });
    this.#monitor.start();
    // The exit of a process is a promise that never rejects.
    void options.process.exited.then(exit => {
      if (!this.#stopped) {
        this.stop();
        options.exited(exit);
      }
    });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#stable);
    this.#monitor.stop();
  }
}
