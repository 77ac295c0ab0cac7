import type { Failure, JobRun } from '@slipway/plugin-platform-common';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import type { AgentLogger } from '../AgentLogger';
import type { Bubblewrap } from '../mounts/Bubblewrap';
import type { Mount } from '../mounts/Mount';
import type { ProcessIdentity } from '../processes/processIdentity';
import type { WorkloadUser } from '../processes/WorkloadUser';
import type { VolumeRegistry } from '../volumes/VolumeRegistry';
import type { InstanceSpec } from './InstanceSpec';

/** The agent's patience and limits. Durations in milliseconds. */
export interface Tuning {
  /** The pause before the first restart; doubles with each crash in a row. */
  restartDelayMs: number;
  /** The longest pause before a restart. */
  restartDelayCapMs: number;
  /** A process that ran this long has recovered: crashes before it count no more. */
  stableAfterMs: number;
  /** From this many crashes in a row on it is a loop. */
  crashLoopAfter: number;
  /** A worker without a readiness probe is ready when it has run this long. */
  settleMs: number;
  /** How often a serving process is probed. */
  probeIntervalMs: number;
  /** So many failed liveness probes in a row restart it. */
  livenessFailures: number;
  /** How long the router holds a request while a process comes up. */
  holdMs: number;
  /** A log file above this is rotated. */
  maximumLogBytes: number;
  /** So many stopped instances keep their files and logs. */
  keptInstances: number;
  /** The pause between two looks at what volumes hold. */
  volumeIntervalMs: number;
}

export const DEFAULT_TUNING: Tuning = {
  restartDelayMs: 200,
  restartDelayCapMs: 30_000,
  stableAfterMs: 60_000,
  crashLoopAfter: 3,
  settleMs: 2_000,
  probeIntervalMs: 10_000,
  livenessFailures: 3,
  holdMs: 2_000,
  maximumLogBytes: 10 * 1024 * 1024,
  keptInstances: 3,
  volumeIntervalMs: 10_000,
};

/** Where a process listens. */
export interface Endpoint {
  host: string;
  port: number;
}

/**
 * What is wanted of an instance: `starting` was never ready and is tried once, `running` is kept up through
 * crashes and restarts of agent and machine, `stopping` only has to end, `stopped` has.
 */
export type DesiredState = 'starting' | 'running' | 'stopping' | 'stopped';

/** What survives the agent of a job's times and runs. */
export interface JobRecord {
  /** The time that comes next. One that has gone by is made up for; missing where none comes. */
  nextAt?: string;
  /** The newest first. */
  runs: JobRun[];
}

/** What survives the agent of one of the processes of an instance. */
export interface ReplicaRecord {
  process?: ProcessIdentity & Endpoint;
  /** Names the restart that it came with. */
  restart?: string;
}

/** What survives the agent of an instance: one start of a release. */
export interface InstanceRecord {
  /** See `ReleaseSpec.instanceId`. */
  instanceId: string;
  spec: InstanceSpec;
  /** Volumes and files, where they are; empty until they are. */
  mounts: Mount[];
  desired: DesiredState;
  createdAt: string;
  restarts: number;
  failure?: Failure;
  /** Of a job always one. */
  replicas: ReplicaRecord[];
  /** How many there shall be; more while one takes the place of another. */
  replicaCount: number;
  /** Of a job. */
  job?: JobRecord;
}

/** What survives the agent of a workload. */
export interface WorkloadRecord {
  ref: WorkloadRef;
  servingInstanceId?: string;
  /** So many percent of new requests go to another instance than the one that serves. */
  share?: { instanceId: string; percent: number };
  /** Set while nothing of it runs because somebody wants it so. */
  stopped?: WorkloadStop;
  instances: InstanceRecord[];
}

/** Why nothing of a workload runs, in a sentence without its end, and since when: ISO 8601. */
export interface WorkloadStop {
  reason: string;
  since: string;
}

/** What workloads and instances need of the agent around them. */
export interface WorkloadEnvironment {
  /** Holds a directory per workload. */
  directory: string;
  tuning: Tuning;
  logger: AgentLogger;
  user?: WorkloadUser;
  /** The directories in which services look for programs. */
  searchPath: string;
  volumes: VolumeRegistry;
  /** Finds out once whether this machine has one that works. */
  bubblewrap(): Promise<Bubblewrap | undefined>;
  /** Puts the whole state on record before it returns; throws where the disk doesn't take it. */
  persist(): void;
  /** The same where nobody waits for it: a failure is logged, and the next one that succeeds makes up for it. */
  note(): void;
}

/** The name of a workload, which is also its host name before `.localhost`. */
export function workloadName(ref: WorkloadRef): string {
  return `${ref.service}-${ref.environment}`;
}
