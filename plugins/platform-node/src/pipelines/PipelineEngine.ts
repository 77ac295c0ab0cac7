import type {
  Failure,
  JobLogLine,
  PipelineJob,
} from '@slipway/plugin-platform-common';

/** A commit to run a pipeline for. */
export interface PipelineRequest {
  /** The same whenever the same pipeline is resumed. */
  pipelineId: string;
  service: string;
  branch: string;
  sha: string;
  /** The commit's `.gitlab-ci.yml`. */
  definition: string;
  /** Clones the commit into an empty or missing directory; see `Forge.checkout`. */
  checkout(directory: string): Promise<void>;
  /** After this long the pipeline is stopped and fails, in milliseconds. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** Where an engine reports what its pipeline does. Everything may be reported again after a resume. */
export interface PipelineObserver {
  /** A job appeared or changed state. The first call names every job. */
  jobsChanged(jobs: PipelineJob[]): Promise<void>;
  /** New lines of a job; a sequence that was reported before is ignored. */
  jobPrinted(job: string, lines: JobLogLine[]): Promise<void>;
}

/** The reports that the platform reads, as GitLab calls them in `artifacts.reports`. */
export const REPORT_KINDS = [
  'cyclonedx',
  'secret_detection',
  'dependency_scanning',
] as const;

/** A report that a job declares: what is in it, or why it could not be read. */
export type PipelineReport = { kind: (typeof REPORT_KINDS)[number] } & (
  { text: string } | { problem: string }
);

/** How a pipeline ended. */
export type PipelineOutcome =
  | {
      state: 'succeeded';
      artifactDirectory?: string;
      reports?: PipelineReport[];
    }
  | { state: 'failed'; failure: Failure & { job?: string } }
  | { state: 'cancelled' }
  /** It was stopped by somebody else, or died with its machine: after `forget` it can start anew. */
  | { state: 'interrupted' };

/** What executes pipelines. */
export interface PipelineEngine {
  readonly name: string;

  /**
   * Runs a pipeline to its end. Called again with the same id, by this process or the next after a
   * crash, it joins what is still running or has ended instead of running it twice.
   * `artifactDirectory` stays until {@link PipelineEngine.forget}.
   */
  run(
    request: PipelineRequest,
    observer: PipelineObserver,
  ): Promise<PipelineOutcome>;

  /** Stops a pipeline that may be running, jobs included, and waits until nothing of it runs. */
  stop(pipelineId: string): Promise<void>;

  /** Removes all that a pipeline left on disk. */
  forget(pipelineId: string): Promise<void>;
}
