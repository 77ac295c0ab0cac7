import { rm } from 'node:fs/promises';
import path from 'node:path';
import type {
  WorkloadKind,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import type { StartRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError } from '../AgentError';
import { withRunsBefore } from '../jobs/JobRuns';
import { memoryOf } from '../processes/memoryOf';
import { createInstance } from './createInstance';
import type { Instance } from './Instance';
import { InstanceStarts } from './InstanceStarts';
import { WorkloadHealth } from './WorkloadHealth';
import { WorkloadOperations } from './WorkloadOperations';
import { type WorkloadRoute, WorkloadTraffic } from './WorkloadTraffic';
import {
  workloadName,
  type InstanceRecord,
  type WorkloadEnvironment,
  type WorkloadRecord,
} from './types';

/** A service in an environment: its instances, and which of them has the traffic. */
export class Workload {
  readonly record: WorkloadRecord;
  readonly name: string;
  /** What is done with the instance that serves. */
  readonly operations: WorkloadOperations;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: (workload: Workload) => void;
  readonly #directory: string;
  readonly #instances = new Map<string, Instance>();
  readonly #health = new WorkloadHealth();
  readonly #starts: InstanceStarts;
  readonly #traffic: WorkloadTraffic;

  constructor(
    record: WorkloadRecord,
    environment: WorkloadEnvironment,
    changed: (workload: Workload) => void,
  ) {
    this.record = record;
    this.name = workloadName(record.ref);
    this.#environment = environment;
    this.#changed = changed;
    this.#directory = path.join(environment.directory, this.name);
    const find = (id: string) => this.#instances.get(id);
    this.#starts = new InstanceStarts({ find, add: each => this.#add(each) });
    this.#traffic = new WorkloadTraffic({
      record,
      find,
      begin: each => this.#begin(each),
      environment,
    });
    this.operations = new WorkloadOperations({
      record,
      traffic: this.#traffic,
    });
    record.instances.forEach(instance => this.#supervise(instance));
  }

  /** The instances whose files or logs are still here, oldest first. */
  get instances(): Instance[] {
    return [...this.#instances.values()];
  }

  /** The instance that has the traffic. */
  get serving(): Instance | undefined {
    return this.#traffic.serving;
  }

  /** Whether requests are for it at all. */
  get isReached(): boolean {
    return this.serving !== undefined && this.#kind === 'service';
  }

  get #kind(): WorkloadKind {
    return this.serving?.record.spec.work?.kind ?? 'service';
  }

  /** See `Runtime.observe`; the address is known to the caller only. */
  status(): WorkloadStatus {
    const { serving } = this;
    const { stopped } = this.record;
    return {
      ...this.#health.current,
      restarts: serving?.record.restarts ?? 0,
      ...(serving && {
        kind: this.#kind,
        ...(serving.job && {
          // No time comes while it is stopped.
          job: stopped ? { ...serving.job, nextAt: undefined } : serving.job,
        }),
        instanceId: serving.record.instanceId,
        releaseId: serving.record.spec.releaseId,
        digest: serving.record.spec.artifact.digest,
        replicas: {
          wanted: serving.record.replicaCount,
          ready: serving.readyCount,
        },
      }),
      ...(stopped && { stopped }),
      ...memoryOf(serving?.pids ?? []),
    };
  }

  /** Starts an instance beside the one that serves. */
  start(
    instanceId: string,
    request: StartRequest,
    progress: (text: string) => void,
  ): Promise<void> {
    return this.#starts.start(instanceId, request, progress);
  }

  /** Sends all new requests to an instance that is ready; the route is on record before this returns. */
  async switchTraffic(instanceId: string): Promise<void> {
    await this.#traffic.switchTo(instanceId);
    this.refresh();
  }

  /** Sends a part of new requests to an instance that is ready; it is on record before this returns. */
  async shiftTraffic(share: {
    instanceId: string;
    percent: number;
  }): Promise<void> {
    await this.#traffic.shift(share);
  }

  /** Drains and stops every instance but one, then drops the files of the oldest. */
  async retire(keepInstanceId: string): Promise<void> {
    if (this.record.servingInstanceId !== keepInstanceId) {
      throw new AgentError(
        'ConflictError',
        `The instance ${keepInstanceId} of ${this.name} does not have the traffic, so the others have to stay.`,
        'Switch the traffic to it first.',
      );
    }
    if (this.record.share) {
      this.#traffic.change({ share: undefined });
    }
    const others = this.instances.filter(
      instance => instance.record.instanceId !== keepInstanceId,
    );
    await Promise.all(
      others
        .filter(instance => instance.record.desired !== 'stopped')
        .map(instance => instance.stop({ drain: true })),
    );
    // A run that went on when the traffic was switched has ended only now.
    others.forEach(({ record }) =>
      withRunsBefore(this.serving?.record.job, record.job),
    );
    await this.#collectGarbage();
  }

  /** Stops an instance that never got traffic; one that isn't here or doesn't run is fine. */
  async abandon(instanceId: string): Promise<void> {
    if (this.record.servingInstanceId === instanceId) {
      throw new AgentError(
        'ConflictError',
        `The instance ${instanceId} of ${this.name} has the traffic, so it can't be abandoned.`,
        'Switch the traffic to another instance, or remove the workload.',
      );
    }
    const isShown = this.#traffic.takeBack(instanceId);
    await this.#instances.get(instanceId)?.stop({ drain: isShown });
    await this.#starts.over(instanceId);
    await this.#collectGarbage();
  }

  /** Stops everything and removes what it left on disk. */
  async remove(): Promise<void> {
    Object.assign(this.record, {
      servingInstanceId: undefined,
      share: undefined,
      stopped: undefined,
    });
    await Promise.all(
      this.instances.map(instance => instance.stop({ drain: true })),
    );
    this.#instances.clear();
    this.record.instances = [];
    await rm(this.#directory, { recursive: true, force: true });
    this.refresh();
  }

  /** Where to send a request; waits briefly for an instance that is coming up. */
  async endpoint(holdMs: number): Promise<WorkloadRoute | undefined> {
    return this.#traffic.route(this.record.stopped ? 0 : holdMs);
  }

  /** Makes everything run as it did before the agent ended; what was stopped stays so. */
  resume(): void {
    const { logger } = this.#environment;
    this.instances
      .filter(({ record }) => record.desired !== 'stopped')
      .forEach(instance => {
        if (this.record.stopped && instance === this.serving) {
          // The last agent may have died while it stopped it.
          instance
            .suspend({ drain: false })
            .catch(error => logger.warn(String(error)));
        } else {
          instance.resume();
        }
      });
    this.refresh();
  }

  #add(record: InstanceRecord): Instance {
    const instance = this.#supervise(record);
    this.record.instances = [
      ...this.record.instances.filter(
        other => other.instanceId !== record.instanceId,
      ),
      record,
    ];
    this.#environment.persist();
    return instance;
  }

  #begin(record: InstanceRecord): Instance {
    const instance = this.#supervise(record);
    instance.resume();
    return instance;
  }

  #supervise(record: InstanceRecord): Instance {
    const instance = createInstance(record, {
      directory: this.#directory,
      environment: this.#environment,
      changed: () => this.refresh(),
      isServing: () =>
        this.record.servingInstanceId === record.instanceId &&
        !this.record.stopped,
      all: () => this.instances,
    });
    this.#instances.delete(record.instanceId);
    this.#instances.set(record.instanceId, instance);
    return instance;
  }

  /** Which volumes it runs with. */
  get volumes(): string[] {
    return this.instances
      .filter(({ record }) => record.desired !== 'stopped')
      .flatMap(({ record }) => record.spec.volumes)
      .map(({ source }) => source);
  }

  /** Looks anew at how it is. */
  refresh(): void {
    const { volumes } = this.#environment;
    const hasChanged = this.#health.look({
      serving: this.serving,
      stopped: this.record.stopped,
      starting: this.instances.find(
        ({ health }) => health.health === 'starting',
      ),
      problem: volumes.problemOf(this.volumes),
    });
    if (hasChanged) {
      this.#changed(this);
    }
  }

  async #collectGarbage(): Promise<void> {
    const stopped = this.instances.filter(
      instance =>
        instance.record.desired === 'stopped' && instance !== this.serving,
    );
    const surplus = stopped.slice(
      0,
      Math.max(0, stopped.length - this.#environment.tuning.keptInstances),
    );
    for (const instance of surplus) {
      await rm(instance.directory, { recursive: true, force: true });
      this.#instances.delete(instance.record.instanceId);
      this.record.instances = this.record.instances.filter(
        record => record !== instance.record,
      );
    }
    this.#environment.note();
  }
}
