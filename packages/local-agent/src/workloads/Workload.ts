import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { WorkloadStatus } from '@slipway/plugin-platform-common';
import type { StartRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError, explainDiskError } from '../AgentError';
import { memoryOf } from '../processes/memoryOf';
import { isSameStart, toInstanceSpec } from './InstanceSpec';
import { InstanceSupervisor } from './InstanceSupervisor';
import { WorkloadHealth } from './WorkloadHealth';
import {
  workloadName,
  type Endpoint,
  type InstanceRecord,
  type WorkloadEnvironment,
  type WorkloadRecord,
} from './types';

type Progress = (text: string) => void;

/** A service in an environment: its instances, and which of them has the traffic. */
export class Workload {
  readonly record: WorkloadRecord;
  readonly name: string;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: (workload: Workload) => void;
  readonly #directory: string;
  readonly #instances = new Map<string, InstanceSupervisor>();
  readonly #starts = new Map<
    string,
    { done: Promise<void>; watchers: Set<Progress> }
  >();
  readonly #health = new WorkloadHealth();

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
    record.instances.forEach(instance => this.#supervise(instance));
  }

  /** The instances whose files or logs are still here, oldest first. */
  get instances(): InstanceSupervisor[] {
    return [...this.#instances.values()];
  }

  /** The instance that has the traffic. */
  get serving(): InstanceSupervisor | undefined {
    return this.#instances.get(this.record.servingInstanceId ?? '');
  }

  /** See `Runtime.observe`; the address is known to the caller only. */
  status(): WorkloadStatus {
    const { serving } = this;
    return {
      ...this.#health.current,
      restarts: serving?.record.restarts ?? 0,
      ...(serving && {
        instanceId: serving.record.instanceId,
        releaseId: serving.record.spec.releaseId,
      }),
      ...memoryOf(serving?.pid),
    };
  }

  /**
   * Starts an instance beside the one that serves. A start that is under way is joined, one that runs is
   * left alone, and anything else begins anew.
   */
  async start(
    instanceId: string,
    request: StartRequest,
    progress: Progress,
  ): Promise<void> {
    const underWay = this.#starts.get(instanceId);
    if (underWay) {
      underWay.watchers.add(progress);
      await underWay.done;
      return;
    }
    const known = this.#instances.get(instanceId);
    if (known?.record.desired === 'running') {
      const spec = toInstanceSpec(request);
      if (!isSameStart(known.record.spec, spec)) {
        throw new AgentError(
          'ConflictError',
          `${known.record.spec.label} already runs with another artifact, command or configuration.`,
          'Give the changed instance an id of its own.',
        );
      }
      if (!(await known.whenReady(spec.readinessTimeoutMs))) {
        throw new AgentError(
          'OperationFailedError',
          known.health.message ?? `${spec.label} does not become ready.`,
        );
      }
      return;
    }
    const watchers = new Set([progress]);
    const done = this.#startAnew(known, instanceId, request, text =>
      watchers.forEach(watcher => watcher(text)),
    ).finally(() => this.#starts.delete(instanceId));
    this.#starts.set(instanceId, { done, watchers });
    await done;
  }

  async #startAnew(
    known: InstanceSupervisor | undefined,
    instanceId: string,
    request: StartRequest,
    progress: Progress,
  ): Promise<void> {
    const spec = toInstanceSpec(request);
    await known?.stop({ drain: false });
    const record: InstanceRecord = {
      instanceId,
      spec,
      mounts: [],
      desired: 'starting',
      createdAt: new Date().toISOString(),
      restarts: 0,
    };
    const instance = this.#supervise(record);
    this.record.instances = [
      ...this.record.instances.filter(other => other.instanceId !== instanceId),
      record,
    ];
    try {
      mkdirSync(instance.directory, { recursive: true, mode: 0o755 });
      this.#environment.persist();
    } catch (error) {
      throw explainDiskError(error, `${spec.label} could not be started`);
    }
    await instance.start(request.files, progress);
  }

  /** Sends new requests to an instance that is ready; the route is on record before this returns. */
  async switchTraffic(instanceId: string): Promise<void> {
    const instance = this.#instances.get(instanceId);
    if (instance?.record.desired !== 'running') {
      throw new AgentError(
        'ConflictError',
        `The instance ${instanceId} of ${this.name} does not run, so it can't get the traffic.`,
        'Start it first.',
      );
    }
    // It may be on its way back after the agent was started again.
    if (!(await instance.whenReady(instance.record.spec.readinessTimeoutMs))) {
      throw new AgentError(
        'ConflictError',
        `${instance.record.spec.label} is not ready, so it can't get the traffic. ${instance.health.message ?? ''}`.trim(),
      );
    }
    const before = this.record.servingInstanceId;
    if (before !== instanceId) {
      this.record.servingInstanceId = instanceId;
      instance.record.restarts = 0;
      try {
        this.#environment.persist();
      } catch (error) {
        this.record.servingInstanceId = before;
        throw explainDiskError(error, 'the new route could not be stored');
      }
      this.refresh();
    }
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
    await Promise.all(
      this.instances
        .filter(instance => instance.record.instanceId !== keepInstanceId)
        .filter(instance => instance.record.desired !== 'stopped')
        .map(instance => instance.stop({ drain: true })),
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
    await this.#instances.get(instanceId)?.stop({ drain: false });
    await this.#starts.get(instanceId)?.done.catch(() => undefined);
    await this.#collectGarbage();
  }

  /** Stops everything and removes what it left on disk. */
  async remove(): Promise<void> {
    this.record.servingInstanceId = undefined;
    await Promise.all(
      this.instances.map(instance => instance.stop({ drain: true })),
    );
    this.#instances.clear();
    this.record.instances = [];
    await rm(this.#directory, { recursive: true, force: true });
    this.refresh();
  }

  /** Where to send a request; waits briefly for an instance that is coming up. */
  async endpoint(
    holdMs: number,
  ): Promise<{ endpoint: Endpoint; leave: () => void } | undefined> {
    const instance = this.serving;
    if (!instance) {
      return undefined;
    }
    const leave = instance.inFlight.enter();
    const patience = instance.health.health === 'crash-looping' ? 0 : holdMs;
    const endpoint = await instance.whenReady(patience);
    if (!endpoint) {
      leave();
      return undefined;
    }
    return { endpoint, leave };
  }

  /** Makes everything run as it did before the agent ended. */
  resume(): void {
    this.instances
      .filter(instance => instance.record.desired !== 'stopped')
      .forEach(instance => instance.resume());
    this.refresh();
  }

  #supervise(record: InstanceRecord): InstanceSupervisor {
    const instance = new InstanceSupervisor({
      record,
      // Named as before instances had ids of their own: what runs there must not be moved.
      directory: path.join(this.#directory, 'releases', record.instanceId),
      environment: this.#environment,
      changed: () => this.refresh(),
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
