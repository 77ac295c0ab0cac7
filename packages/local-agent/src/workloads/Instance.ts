import type {
  JobStatus,
  WorkloadHealth,
} from '@slipway/plugin-platform-common';
import type { ReleaseFile } from '@slipway/plugin-platform-node';
import type { InstanceLog } from '../logs/InstanceLog';
import type { TrafficMeter } from './TrafficMeter';
import type { Endpoint, InstanceRecord } from './types';

/** How an instance is now. */
export interface InstanceHealth {
  health: WorkloadHealth;
  message?: string;
}

/** A request that was let in. */
export interface Entry {
  endpoint: Endpoint;
  /** To be called once the request is over. */
  leave(): void;
}

/** One start of a release, kept as it is wanted: a process that is kept up, or a job that runs at its times. */
export interface Instance {
  readonly record: InstanceRecord;
  readonly log: InstanceLog;
  readonly meter: TrafficMeter;
  readonly directory: string;
  readonly health: InstanceHealth;
  /** Where requests go; `undefined` while it isn't ready, and where it takes none. */
  readonly endpoint: Endpoint | undefined;
  /** The processes that run. */
  readonly pids: number[];
  /** Whether its processes were stopped, and the wish that they run was not. */
  readonly isSuspended: boolean;
  /** How many of its processes take requests, or do their work. */
  readonly readyCount: number;
  /** Of a job. */
  readonly job?: JobStatus;

  /** The first start: resolves when the instance is ready, else nothing of it runs and the reason is thrown. */
  start(files: ReleaseFile[], progress: (text: string) => void): Promise<void>;
  /** Makes it run as it did before the agent ended. */
  resume(): void;
  /** Resolves with whether it is ready, when it is or the time is up. */
  isReady(timeoutMs: number): Promise<boolean>;
  /** Resolves with an endpoint when one is ready, with `undefined` when none is in time. */
  whenReady(timeoutMs: number): Promise<Endpoint | undefined>;
  /** Lets a request in, to the process that has the fewest; waits a moment for one that comes up. */
  enter(holdMs: number): Promise<Entry | undefined>;
  /** Has as many processes; resolves when all of them are ready. Throws, and stays as it was, where they don't become so. */
  scale(count: number, progress: (text: string) => void): Promise<void>;
  /** Puts new processes in the place of those that run, one by one; again under the same key, those that are left. */
  restart(key: string, progress: (text: string) => void): Promise<void>;
  /** Lets it finish what it does, then stops it for good. */
  stop(options: { drain: boolean }): Promise<void>;
  /** Stops its processes but not the wish that they run: another supervisor brings them back. */
  suspend(options: { drain: boolean }): Promise<void>;
}
