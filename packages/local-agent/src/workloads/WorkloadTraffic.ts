import { AgentError, explainDiskError } from '../AgentError';
import { withRunsBefore } from '../jobs/JobRuns';
import type { Instance } from './Instance';
import type { TrafficMeter } from './TrafficMeter';
import { TrafficSplit } from './TrafficSplit';
import {
  workloadName,
  type Endpoint,
  type InstanceRecord,
  type WorkloadEnvironment,
  type WorkloadRecord,
} from './types';

/** Where a request goes. */
export interface WorkloadRoute {
  endpoint: Endpoint;
  /** Counts the requests of the instance. */
  meter: TrafficMeter;
  /** To be called once the request is over. */
  leave(): void;
}

/** Which instances of a workload get its requests; on record before anything here returns. */
export class WorkloadTraffic {
  readonly #record: WorkloadRecord;
  readonly #find: (instanceId: string) => Instance | undefined;
  readonly #begin: (record: InstanceRecord) => Instance;
  readonly #environment: Pick<WorkloadEnvironment, 'persist'>;
  readonly #split = new TrafficSplit();

  /** @param options - `begin`: lets an instance that was suspended run again */
  constructor(options: {
    record: WorkloadRecord;
    find(instanceId: string): Instance | undefined;
    begin(record: InstanceRecord): Instance;
    environment: Pick<WorkloadEnvironment, 'persist'>;
  }) {
    this.#record = options.record;
    this.#find = options.find;
    this.#begin = options.begin;
    this.#environment = options.environment;
  }

  /** The instance that has the traffic. */
  get serving(): Instance | undefined {
    return this.#find(this.#record.servingInstanceId ?? '');
  }

  /** Sends all new requests to an instance that is ready. */
  async switchTo(instanceId: string): Promise<void> {
    const instance = await this.requireReady(instanceId);
    const { servingInstanceId, share, stopped } = this.#record;
    if (servingInstanceId === instanceId && !share && !stopped) {
      return;
    }
    if (servingInstanceId !== instanceId) {
      instance.record.restarts = 0;
      withRunsBefore(instance.record.job, this.serving?.record.job);
    }
    this.change({
      servingInstanceId: instanceId,
      share: undefined,
      stopped: undefined,
    });
  }

  /** Sends a part of new requests to an instance that is ready. */
  async shift(share: { instanceId: string; percent: number }): Promise<void> {
    if (share.percent === 0) {
      this.takeBack(share.instanceId);
      return;
    }
    await this.requireReady(share.instanceId);
    this.change({ share });
  }

  /** Ends the part that an instance gets; answers whether it got one. */
  takeBack(instanceId: string): boolean {
    if (this.#record.share?.instanceId !== instanceId) {
      return false;
    }
    this.change({ share: undefined });
    return true;
  }

  /** An instance that can be asked; one that was suspended is brought back first. Throws where it doesn't run, or isn't ready. */
  async requireReady(instanceId: string): Promise<Instance> {
    const name = workloadName(this.#record.ref);
    const found = this.#find(instanceId);
    const instance = found?.isSuspended ? this.#begin(found.record) : found;
    if (instance?.record.desired !== 'running') {
      throw new AgentError(
        'ConflictError',
        `The instance ${instanceId} of ${name} does not run, so it can't get the traffic.`,
        'Start it first.',
      );
    }
    // It may be on its way back after the agent was started again.
    if (!(await instance.isReady(instance.record.spec.readinessTimeoutMs))) {
      throw new AgentError(
        'ConflictError',
        `${instance.record.spec.label} is not ready, so it can't get the traffic. ${instance.health.message ?? ''}`.trim(),
      );
    }
    return instance;
  }

  /** Where to send a request; waits briefly for an instance that is coming up. */
  async route(holdMs: number): Promise<WorkloadRoute | undefined> {
    const instance = this.#shown() ?? this.serving;
    const entry = await instance?.enter(holdMs);
    return instance && entry && { ...entry, meter: instance.meter };
  }

  /** The instance that gets a part of the requests, where this one is of that part and it can take it. */
  #shown(): Instance | undefined {
    const { share } = this.#record;
    if (!share || !this.#split.take(share.percent)) {
      return undefined;
    }
    const instance = this.#find(share.instanceId);
    return instance?.endpoint && instance;
  }

  /** Changes where requests go; as it was where that can't be put on record. */
  change(
    change: Partial<
      Pick<WorkloadRecord, 'servingInstanceId' | 'share' | 'stopped'>
    >,
  ): void {
    const { servingInstanceId, share, stopped } = this.#record;
    Object.assign(this.#record, change);
    try {
      this.#environment.persist();
    } catch (error) {
      Object.assign(this.#record, { servingInstanceId, share, stopped });
      throw explainDiskError(error, 'the new route could not be stored');
    }
  }
}
