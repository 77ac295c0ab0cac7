import type { Failure } from '../errors';
import type { ConfigurationVersion } from '../configuration';
import type { CommitSummary } from '../repositories';
import type { PlannedCommits } from '../runs';
import type { ReplicaPolicy, SleepWindow } from './operations';
import type { PreviewPolicy } from './previews';

/** A named place to run releases. */
export interface Environment {
  name: string;
  title: string;
  /** Whether a green pipeline of the default branch is deployed here at once. */
  autoDeploy: boolean;
  /** Whether a second person of the owning team has to agree to what changes it. */
  protected: boolean;
  rollout: RolloutPlan;
  replicas: ReplicaPolicy;
  /** When what runs here is stopped by itself; empty where it never is. */
  sleep: SleepWindow[];
  /** Missing where it can't be cloned. */
  previews?: PreviewPolicy;
  /** Of a preview: the environment that it is cloned from. */
  base?: string;
}

/** How a new release takes over in an environment. */
export interface RolloutPlan {
  /** `blue-green`: all new requests at once. `canary`: a part of them first. */
  strategy: 'blue-green' | 'canary';
  /** Of a canary: how many percent of new requests, for how long, one step after the other. */
  steps: Array<{ percent: number; forMs: number }>;
  /** How long the release before stays beside it, ready to take over again, in milliseconds. */
  bakeMs: number;
}

/** A time in which nothing is deployed without a reason and an approval. */
export interface FreezeWindow {
  name: string;
  title: string;
  /** Why, in a sentence. */
  reason: string;
  /** The names of the environments it is about. */
  environments: string[];
  /** `file:line` where it stands, relative to the folder of the environments. */
  source: string;
  when:
    | { from: string; until: string }
    /** Minutes since Monday 00:00 in a time zone of the IANA database; it may go over the end of the week. */
    | { fromMinute: number; untilMinute: number; timeZone: string };
}

/** Artifact and commit under a number that people can say: `v42`. */
export interface Release {
  id: string;
  service: string;
  /** Counts up by one in each service. */
  number: number;
  commit: CommitSummary;
  /** See `Artifact.digest`. */
  artifactDigest: string;
  createdAt: string;
  /** The branch it was built from, where that isn't the default one: it goes to previews only. */
  branch?: string;
}

export const DEPLOYMENT_STATES = [
  'pending',
  'rolling-out',
  'serving',
  'superseded',
  'rolled-back',
  'failed',
  'cancelled',
] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** Why a release is deployed. */
export const DEPLOYMENT_CAUSES = [
  'pipeline',
  'promotion',
  'rollback',
  'configuration',
  'refresh',
  'preview',
  'manual',
] as const;
export type DeploymentCause = (typeof DEPLOYMENT_CAUSES)[number];

/** What requests to a release were like, over the same time as those to another. */
export interface TrafficSummary {
  requests: number;
  /** The part of them that failed, from 0 to 1. */
  errorRate: number;
  /** Below this, 95 in 100 were answered, in milliseconds; missing where there was none. */
  p95Ms?: number;
}

/** What a comparison with the release before came to. */
export interface RolloutVerdict {
  /** `unknown`: too few requests to tell. */
  state: 'good' | 'sour' | 'unknown';
  /** In words, with the numbers. */
  message: string;
  before?: TrafficSummary;
  now: TrafficSummary;
}

/** Where a deployment is on its way to having everything. */
export interface RolloutProgress {
  stage: 'canary' | 'bake';
  /** How much of the new requests goes to it. */
  percent: number;
  /** ISO 8601. */
  since: string;
  until: string;
}

/** A digest that is not to be deployed anywhere. */
export interface ReleaseHold {
  id: string;
  service: string;
  artifactDigest: string;
  /** The number of the release it was placed for. */
  release: number;
  reason: string;
  /** Why, in numbers, where a rollout placed it. */
  verdict?: RolloutVerdict;
  placedBy: string;
  placedAt: string;
  lifted?: { by: string; at: string; reason: string };
}

/** A release in an environment. */
export interface Deployment {
  id: string;
  runId: string;
  service: string;
  environment: string;
  release: Release;
  state: DeploymentState;
  cause: DeploymentCause;
  /** Why, as the person who asked said. */
  reason?: string;
  /** What serves beside it, or served before it. */
  previous?: { deploymentId: string; release: number };
  /** Missing where it isn't on its way. */
  rollout?: RolloutProgress;
  verdict?: RolloutVerdict;
  /** The version of the environment's configuration that it was started with; missing where nothing was ever set. */
  configuration?: number;
  url?: string;
  failure?: Failure;
  requestedBy: string;
  createdAt: string;
  /** When it got all the traffic. */
  servedAt?: string;
  endedAt?: string;
}

/** A release with all that is known of it. */
export interface ReleaseDetail {
  release: Release;
  /** The number of the release before it. */
  before?: number;
  /** The number of the release after it. */
  after?: number;
  /** What keeps it from being deployed. */
  hold?: ReleaseHold;
  /** Where it was brought, the newest first. */
  deployments: Deployment[];
  /** What it brought that the release before it didn't have; missing where that isn't known. */
  commits?: PlannedCommits;
  /** What it was given where it serves, or served last. */
  configurations: ReleaseConfiguration[];
}

/** The configuration that a release was started with in an environment. */
export interface ReleaseConfiguration {
  environment: string;
  /** 0 where nothing was ever set. */
  version: number;
  /** That of the release which it took over from; missing where there was none. */
  before?: number;
  /** The versions between the two, the newest first. */
  changes: ConfigurationVersion[];
}

export const WORKLOAD_HEALTHS = [
  'healthy',
  'starting',
  'degraded',
  'crash-looping',
  'stopped',
  'unknown',
] as const;
export type WorkloadHealth = (typeof WORKLOAD_HEALTHS)[number];

/** `service`: answers requests. `worker`: runs, and gets none. `job`: runs to its end at its times. */
export const WORKLOAD_KINDS = ['service', 'worker', 'job'] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/** When a job runs, and how long it may. */
export interface JobSchedule {
  /** A cron expression: minute, hour, day of month, month, day of week. */
  schedule: string;
  /** A name of the IANA database. */
  timeZone: string;
  timeLimitMs: number;
}

/** `stopped`: by a deployment, or with the runtime. `unknown`: it ended while nobody looked. */
export const JOB_OUTCOMES = [
  'succeeded',
  'failed',
  'stopped',
  'unknown',
] as const;
export type JobOutcome = (typeof JOB_OUTCOMES)[number];

/** One run of a job, to its end. Times are ISO 8601. */
export interface JobRun {
  releaseId: string;
  /** The time of the schedule that it ran for. */
  dueAt: string;
  startedAt: string;
  /** Missing while it runs, with all that follows. */
  endedAt?: string;
  outcome?: JobOutcome;
  /** Missing where it was ended by a signal. */
  exitCode?: number;
  /** How it ended, in words: `exited with code 3 after 2 s`. */
  message?: string;
  /** So many times came while it ran, and were skipped; missing where none did. */
  skipped?: number;
}

/** How a scheduled job is doing. */
export interface JobStatus extends JobSchedule {
  /** When it runs next, ISO 8601. */
  nextAt?: string;
  /** The newest first; the last ten. */
  runs: JobRun[];
}

/** What the runtime sees of a workload now. */
export interface WorkloadStatus {
  health: WorkloadHealth;
  /** What the release is that serves; missing where none does. */
  kind?: WorkloadKind;
  /** Of a job. */
  job?: JobStatus;
  /** The release that traffic goes to. */
  releaseId?: string;
  /** The instance of it that traffic goes to: the id of its deployment. */
  instanceId?: string;
  /** The digest of the artifact that it runs. */
  digest?: string;
  /** How often a process was restarted since its release took over. */
  restarts: number;
  /** How many processes there shall be, and how many of them take requests or do their work. Missing where nothing serves. */
  replicas?: { wanted: number; ready: number };
  /** Why nothing of it runs although it could, and since when: ISO 8601. Missing where nobody stopped it. */
  stopped?: { reason: string; since: string };
  /** Since when it has been in this health, ISO 8601. */
  since?: string;
  /** Why it isn't healthy, in one sentence. */
  message?: string;
  /** Where it is reached; missing where nothing serves, and where it takes no requests. */
  url?: string;
  /** Resident memory in bytes, where the runtime knows it. */
  memoryBytes?: number;
}

/** One line a workload printed. */
export interface WorkloadLogLine {
  at: string;
  releaseId: string;
  stream: 'stdout' | 'stderr';
  text: string;
}
