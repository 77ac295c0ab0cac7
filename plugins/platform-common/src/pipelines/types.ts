import type { Failure } from '../errors';
import type { CommitSummary } from '../repositories';

export const PIPELINE_STATES = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type PipelineState = (typeof PIPELINE_STATES)[number];

export const JOB_STATES = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** One job of a pipeline, in the order in which the stages run. */
export interface PipelineJob {
  name: string;
  stage: string;
  state: JobState;
  startedAt?: string;
  endedAt?: string;
  exitCode?: number;
}

/** The immutable output of a green pipeline. */
export interface Artifact {
  /** `sha256:` and 64 hexadecimal digits. */
  digest: string;
  /** In bytes. */
  size: number;
}

/** One CI execution for one commit. Times are ISO 8601 in UTC. */
export interface Pipeline {
  id: string;
  runId: string;
  service: string;
  repository: string;
  branch: string;
  commit: CommitSummary;
  state: PipelineState;
  jobs: PipelineJob[];
  artifact?: Artifact;
  failure?: Failure & { job?: string };
  requestedBy: string;
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
}

/** One line a job printed. */
export interface JobLogLine {
  /** Rises by one a line within a job, from 1. */
  sequence: number;
  text: string;
}
