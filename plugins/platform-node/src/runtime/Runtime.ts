import type {
  JobSchedule,
  WorkloadLogLine,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import type { OperationContext } from '../context';
import type { Traffic } from './Traffic';

/** A service in an environment. */
export interface WorkloadRef {
  service: string;
  environment: string;
}

/** One service called another, through what routes to services. */
export interface ObservedCall {
  from: WorkloadRef;
  to: WorkloadRef;
  /** When that was seen last; ISO 8601 in UTC. */
  at: string;
}

/** Asks a release over HTTP whether it is up; any 2xx or 3xx is a yes. */
export interface HttpProbe {
  path: string;
  /** Replaces the `Host` header. */
  host?: string;
}

/** A volume that a release uses. */
export interface ReleaseVolume {
  /** The output `source` of a resource of the type `volume`. */
  source: string;
  /** Where it shall be found: an absolute path, or one below the artifact's root. */
  target: string;
  /** A folder in the volume, made where it isn't there; left out: all of it. */
  path?: string;
  readOnly: boolean;
}

/** A file that a release finds, and that is not in its artifact. */
export interface ReleaseFile {
  /** Where it shall be found: an absolute path, or one below the artifact's root. */
  target: string;
  /** In octal: `0600`. */
  mode: string;
  /** In base64, with every placeholder resolved. May hold secrets. */
  content: string;
}

/**
 * What a release does: `service` answers requests, `worker` runs without any, `job` runs to its end at its times, never twice at once, while it
 * is the release that serves.
 */
export type ReleaseWork =
  { kind: 'service' } | { kind: 'worker' } | ({ kind: 'job' } & JobSchedule);

/** All a runtime needs to run a release. */
export interface ReleaseSpec {
  ref: WorkloadRef;
  /**
   * Names this start of the release: the id of its deployment. The same release may be started again beside itself, as another
   * instance with another configuration.
   */
  instanceId: string;
  /** The release that runs; in {@link WorkloadStatus} and {@link WorkloadLogLine}, for those who look. */
  releaseId: string;
  /** What people call it: `v42 a41f9c2`. */
  label: string;
  artifact: {
    /** `sha256:` and 64 hexadecimal digits; the runtime refuses an artifact whose digest differs. */
    digest: string;
    /** A gzipped tar on this machine. */
    file: string;
  };
  /** Program and arguments; run in the artifact's root. */
  command: string[];
  /** Environment variables with every placeholder resolved; may hold secrets. `PORT` is added by the runtime. */
  variables: Record<string, string>;
  volumes: ReleaseVolume[];
  files: ReleaseFile[];
  /** Left out: a service. */
  work?: ReleaseWork;
  /** Where it has none, a service is ready when it listens on `PORT`, and a worker when it has run for a moment; a job is ready as soon as it can be run. */
  readiness?: HttpProbe;
  liveness?: HttpProbe;
  /** How many processes of it there shall be; left out: 1. Of a job always 1. */
  replicas?: number;
  /** How long it may take to become ready, in milliseconds. */
  readinessTimeoutMs: number;
  /** How long it may take to finish requests and exit after SIGTERM, in milliseconds. */
  gracePeriodMs: number;
}

/**
 * What runs releases. The platform calls `start`, `switchTraffic` and `retire` in this order as steps of a
 * deployment; each is idempotent, so that an interrupted one is simply called again.
 */
export interface Runtime extends Traffic {
  readonly name: string;

  /**
   * Starts a release beside the one that serves, and resolves when it is ready.
   * Throws `OperationFailedError` when it does not become ready; nothing of it runs then.
   */
  start(spec: ReleaseSpec, context: OperationContext): Promise<void>;

  /**
   * Sends all new requests to an instance that is ready. Resolves when they go there, with the address, where it takes requests at all; what
   * takes none is the one that serves from then on.
   */
  switchTraffic(
    ref: WorkloadRef,
    instanceId: string,
    context: OperationContext,
  ): Promise<{ url?: string }>;

  /** Lets every other instance of the workload finish its requests, then stops it. */
  retire(
    ref: WorkloadRef,
    keepInstanceId: string,
    context: OperationContext,
  ): Promise<void>;

  /**
   * Has as many processes of the instance that serves; resolves when all of them are ready, and those that are too many have finished
   * their requests. Throws `OperationFailedError`, and leaves it as it was, where they don't become ready, nothing serves, or it is a job.
   */
  scale(
    ref: WorkloadRef,
    replicas: number,
    context: OperationContext,
  ): Promise<void>;

  /**
   * Puts new processes in the place of those of the instance that serves, one by one, each once the new one is ready. Under the same
   * idempotency key it goes on with those that are left.
   */
  restart(ref: WorkloadRef, context: OperationContext): Promise<void>;

  /**
   * Lets the instance that serves finish its requests, and stops its processes; it stays the one that serves, and requests are told the
   * reason. A no-op where it is stopped.
   *
   * @param reason - a sentence without its end
   */
  stop(
    ref: WorkloadRef,
    reason: string,
    context: OperationContext,
  ): Promise<void>;

  /** Brings back what {@link Runtime.stop} stopped; resolves when it is ready. A no-op where it runs. */
  resume(ref: WorkloadRef, context: OperationContext): Promise<void>;

  /** Stops an instance that never got traffic; a no-op where it isn't running. */
  abandon(ref: WorkloadRef, instanceId: string): Promise<void>;

  /** Stops and forgets the whole workload. */
  remove(ref: WorkloadRef, context: OperationContext): Promise<void>;

  /** Health `stopped` where nothing was ever started; `unknown` where the runtime can't be asked. */
  observe(ref: WorkloadRef): Promise<WorkloadStatus>;

  /** The last `tail` lines, oldest first, then with `follow` each new one until `signal` aborts. */
  logs(
    ref: WorkloadRef,
    options: { tail: number; follow: boolean; signal: AbortSignal },
  ): AsyncIterable<WorkloadLogLine>;

  /** Which service called which, as far as it was seen since the runtime started: not every call is. */
  calls(): Promise<ObservedCall[]>;

  /** Calls `listener` whenever a workload's health changes, until `signal` aborts; survives the runtime's restarts. */
  watch(
    listener: (ref: WorkloadRef, status: WorkloadStatus) => void,
    signal: AbortSignal,
  ): void;
}
