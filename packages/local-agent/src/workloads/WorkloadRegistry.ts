import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { WorkloadEvent } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import { AgentError } from '../AgentError';
import type { EndpointRegistry } from '../endpoints/EndpointRegistry';
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
  readonly #endpoints: Pick<EndpointRegistry, 'holderOf'>;
  #logTimer: NodeJS.Timeout | undefined;

  constructor(
    stateDirectory: string,
    options: Omit<WorkloadEnvironment, 'directory' | 'persist' | 'note'> & {
      endpoints: Pick<EndpointRegistry, 'holderOf'>;
    },
  ) {
    super();
    // One listener for each reader of a log or of the events.
    this.setMaxListeners(0);
    this.#endpoints = options.endpoints;
    this.#stateFile = path.join(stateDirectory, 'state.json');
    this.#environment = {
      ...options,
      directory: path.join(stateDirectory, 'workloads'),
      persist: () => this.#persist(),
      note: () => this.#note(),
    };
    mkdirSync(this.#environment.directory, { recursive: true, mode: 0o755 });
    options.volumes.on('changed', id =>
      this.#runningWith(id).forEach(workload => workload.refresh()),
    );
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

  /** Throws where a workload runs with a volume. */
  requireUnused(volume: string): void {
    const users = this.#runningWith(volume).map(({ name }) => name);
    if (users.length > 0) {
      throw new AgentError(
        'ConflictError',
        `${users.join(', ')} runs with the volume ${this.#environment.volumes.status(volume)?.name ?? volume}.`,
        'Deploy a release that does without it, or take the service down first.',
      );
    }
  }

  /** Throws where a host name is a workload's. */
  requireFreeAddress(host: string): void {
    if (this.findByName(host)) {
      throw new AgentError(
        'ConflictError',
        `${host}.localhost is the address of the service ${host}.`,
        'Choose another host.',
      );
    }
  }

  /** The workload, made known where nothing of it ran before. Throws where its address is an endpoint's. */
  findOrCreate(ref: WorkloadRef): Workload {
    const known = this.find(ref);
    if (known) {
      return known;
    }
    const holder = this.#endpoints.holderOf(workloadName(ref));
    if (holder) {
      throw AgentError.final({
        message: `The address ${holder.host}.localhost belongs to ${holder.name} of ${holder.owner} already.`,
        hint: 'Give that endpoint another host.',
      });
    }
    return this.#add({ ref, instances: [] });
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
        workload.instances.map(instance => instance.suspend({ drain: false })),
      ),
    );
    clearInterval(this.#logTimer);
  }

  #runningWith(volume: string): Workload[] {
    return this.list().filter(({ volumes }) => volumes.includes(volume));
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
