import type {
  Artifact,
  CommitSummary,
  JobLogLine,
  Pipeline,
  PipelineJob,
  PipelineState,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** A pipeline as it is first stored. */
export interface NewPipeline {
  id: string;
  pushId: string;
  runId: string;
  service: string;
  repository: string;
  branch: string;
  onDefaultBranch: boolean;
  commit: CommitSummary;
  requestedBy: string;
}

/** A pipeline with what only the platform itself needs of it. */
export type StoredPipeline = Pipeline & { onDefaultBranch: boolean };

/** Where pipelines, their jobs and their jobs' output live. */
export interface PipelineStore {
  insert(trx: Knex.Transaction, pipeline: NewPipeline): Promise<void>;
  findByPush(pushId: string): Promise<StoredPipeline | undefined>;
  get(id: string): Promise<StoredPipeline | undefined>;
  getByRun(runId: string): Promise<StoredPipeline | undefined>;
  list(service: string, limit: number): Promise<Pipeline[]>;
  latestOf(services: string[]): Promise<Pipeline[]>;
  /** The newest of a branch that succeeded. */
  newestGreen(
    service: string,
    branch: string,
  ): Promise<StoredPipeline | undefined>;

  setState(
    id: string,
    state: PipelineState,
    facts?: { artifact?: Artifact; failure?: Pipeline['failure'] },
  ): Promise<void>;
  /** Forgets the end of an earlier go, before the pipeline is retried. */
  reopen(trx: Knex.Transaction, runId: string): Promise<void>;
  /** Forgets the jobs and what they printed, before they run anew. */
  forgetJobs(id: string): Promise<void>;
  saveJobs(id: string, jobs: PipelineJob[]): Promise<void>;
  /** Lines that are there already stay as they are. */
  appendJobLog(id: string, job: string, lines: JobLogLine[]): Promise<void>;
  readJobLog(
    id: string,
    job: string,
    after: number,
    limit: number,
  ): Promise<JobLogLine[]>;
}
