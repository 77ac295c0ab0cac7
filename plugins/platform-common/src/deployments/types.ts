import type { Failure } from '../errors';
import type { CommitSummary } from '../repositories';

/** A named place to run releases. */
export interface Environment {
  name: string;
  title: string;
  /** Whether a green pipeline of the default branch is deployed here at once. */
  autoDeploy: boolean;
  /** Whether a second person of the owning team has to agree to what changes it. */
  protected: boolean;
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
}

export const DEPLOYMENT_STATES = [
  'pending',
  'rolling-out',
  'serving',
  'superseded',
  'failed',
  'cancelled',
] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];

/** A release in an environment. */
export interface Deployment {
  id: string;
  runId: string;
  service: string;
  environment: string;
  release: Release;
  state: DeploymentState;
  url?: string;
  failure?: Failure;
  requestedBy: string;
  createdAt: string;
  endedAt?: string;
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

/** What the runtime sees of a workload now. */
export interface WorkloadStatus {
  health: WorkloadHealth;
  /** The release that traffic goes to. */
  releaseId?: string;
  /** The instance of it that traffic goes to: the id of its deployment. */
  instanceId?: string;
  /** How often the process was restarted since its release took over. */
  restarts: number;
  /** Since when it has been in this health, ISO 8601. */
  since?: string;
  /** Why it isn't healthy, in one sentence. */
  message?: string;
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
