import { AgentError } from '../AgentError';
import type { Instance } from './Instance';
import { workloadName, type WorkloadRecord } from './types';
import type { WorkloadTraffic } from './WorkloadTraffic';

type Progress = (text: string) => void;

/** What is done with the instance that serves: one thing at a time, and each may be done again. */
export class WorkloadOperations {
  readonly #record: WorkloadRecord;
  readonly #traffic: WorkloadTraffic;
  /** Resolves when what was asked for last is over. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: { record: WorkloadRecord; traffic: WorkloadTraffic }) {
    this.#record = options.record;
    this.#traffic = options.traffic;
  }

  scale(replicas: number, progress: Progress): Promise<void> {
    return this.#inTurn(async () => {
      const serving = this.#requireRunning();
      await serving.scale(replicas, progress);
      progress(`${replicas} of ${replicas} replicas are ready.`);
    });
  }

  restart(key: string, progress: Progress): Promise<void> {
    return this.#inTurn(() => this.#requireRunning().restart(key, progress));
  }

  stop(reason: string): Promise<void> {
    return this.#inTurn(async () => {
      const serving = this.#requireServing();
      if (!this.#record.stopped) {
        const since = new Date().toISOString();
        this.#traffic.change({ stopped: { reason, since } });
      }
      await serving.suspend({ drain: true });
    });
  }

  resume(progress: Progress): Promise<void> {
    return this.#inTurn(async () => {
      const { record } = this.#requireServing();
      if (this.#record.stopped) {
        this.#traffic.change({ stopped: undefined });
      }
      const serving = await this.#traffic.requireReady(record.instanceId);
      progress(`${serving.record.spec.label} is ready.`);
    });
  }

  #requireServing(): Instance {
    const { serving } = this.#traffic;
    if (!serving) {
      throw AgentError.final({
        message: `Nothing of ${workloadName(this.#record.ref)} serves.`,
        hint: 'Deploy a release first.',
      });
    }
    return serving;
  }

  #requireRunning(): Instance {
    const serving = this.#requireServing();
    if (this.#record.stopped) {
      throw AgentError.final({
        message: `${workloadName(this.#record.ref)} is stopped: ${this.#record.stopped.reason}.`,
        hint: 'Start it first.',
      });
    }
    return serving;
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const before = this.#last;
    const done = before.then(work);
    this.#last = done.catch(() => undefined);
    await done;
  }
}
