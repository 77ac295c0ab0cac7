import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { WorkloadEvent } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import { readAgentState, writeAgentState } from '../state/AgentState';
import {
  workloadName,
  type WorkloadEnvironment,
  type WorkloadRecord,
} from './types';
import { Workload } from './Workload';

/** How often the logs are looked at, in milliseconds. */
const LOG_INTERVAL_MS = 250;

/**
 * All workloads, and their state on disk. Emits `changed` with a {@link WorkloadEvent} when the health, its
 * reason or the serving instance of a workload changes, and `printed` whenever new log lines may be there.
 */
export class WorkloadRegistry extends EventEmitter<{
  changed: [WorkloadEvent];
  printed: [];
}> {
  readonly #workloads = new Map<string, Workload>();
  readonly #environment: WorkloadEnvironment;
  readonly #stateFile: string;
  #logTimer: NodeJS.Timeout | undefined;

  constructor(
    stateDirectory: string,
    options: Omit<WorkloadEnvironment, 'directory' | 'persist' | 'note'>,
  ) {
    super();
    // One listener for each reader of a log or of the events.
    this.setMaxListeners(0);
    this.#stateFile = path.join(stateDirectory, 'state.json');
    this.#environment = {
      ...options,
      directory: path.join(stateDirectory, 'workloads'),
      persist: () => this.#persist(),
      note: () => this.#note(),
    };
    mkdirSync(this.#environment.directory, { recursive: true, mode: 0o755 });
  }

  /** Makes everything run as it did before the last agent ended. */
  resume(): void {
    for (const record of readAgentState(this.#stateFile).workloads) {
      this.#add(record);
    }
    this.list().forEach(workload => workload.resume());
    this.#logTimer = setInterval(() => this.#observeLogs(), LOG_INTERVAL_MS);
    this.#logTimer.unref();
  }

  list(): Workload[] {
    return [...this.#workloads.values()];
  }

  find(ref: WorkloadRef): Workload | undefined {
    return this.#workloads.get(workloadName(ref));
  }

  findByName(name: string): Workload | undefined {
    return this.#workloads.get(name);
  }

  /** The workload, made known where nothing of it ran before. */
  findOrCreate(ref: WorkloadRef): Workload {
    return this.find(ref) ?? this.#add({ ref, instances: [] });
  }

  async remove(ref: WorkloadRef): Promise<void> {
    const workload = this.find(ref);
    if (workload) {
      await workload.remove();
      this.#workloads.delete(workload.name);
      this.#persist();
    }
  }

  /** Stops every process; the next agent brings each back. */
  async suspend(): Promise<void> {
    await Promise.all(
      this.list().flatMap(workload =>
        workload.instances.map(instance => instance.suspend()),
      ),
    );
    clearInterval(this.#logTimer);
  }

  #add(record: WorkloadRecord): Workload {
    const workload = new Workload(record, this.#environment, changed =>
      this.emit('changed', {
        ref: changed.record.ref,
        status: changed.status(),
      }),
    );
    this.#workloads.set(workload.name, workload);
    return workload;
  }

  #observeLogs(): void {
    const { tuning, logger } = this.#environment;
    for (const workload of this.#workloads.values()) {
      for (const instance of workload.instances) {
        try {
          instance.log.observe(tuning.maximumLogBytes);
        } catch (error) {
          logger.warn(`The log of ${workload.name}: ${String(error)}`);
        }
      }
    }
    this.emit('printed');
  }

  #persist(): void {
    writeAgentState(this.#stateFile, {
      workloads: this.list().map(workload => workload.record),
    });
  }

  #note(): void {
    try {
      this.#persist();
    } catch (error) {
      this.#environment.logger.warn(
        `The state could not be stored in ${this.#stateFile}: ${String(error)}`,
      );
    }
  }
}
