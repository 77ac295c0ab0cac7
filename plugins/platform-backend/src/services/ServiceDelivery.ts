import {
  type Deployment,
  isFinalRunState,
  type Pipeline,
  type Run,
} from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  runEndedEvent,
  Wait,
  waitForEvent,
  type WaitResult,
} from '@slipway/plugin-platform-node';
import { pipelineStartedEvent } from './pipelineStartedEvent';

/** How long a push may take to get its pipeline. The forge delivers what a crash held back twice a minute. */
const PIPELINE_START_MS = 2 * 60_000;
/** Pipelines and deployments have limits of their own; one that waits for an approval may take long. */
const RUN_END_MS = 30 * 24 * 60 * 60_000;
/** How many of a service's pipelines are looked through for the newest of the default branch. */
const RECENT = 100;

/** A repository as the run made it. */
export interface CreatedRepository {
  name: string;
  branch: string;
  /** The first commit. */
  sha: string;
  createdAt: string;
}

/** A deployment that serves, and the pipeline it came from. */
export interface Delivered {
  pipelineRunId: string;
  deployments: Deployment[];
}

/** What a new service does by itself after its first push: a pipeline, then deployments. */
export class ServiceDelivery {
  readonly #pipelines: {
    list(service: string, limit: number): Promise<Pipeline[]>;
  };
  readonly #deployments: {
    getByRun(runId: string): Promise<Deployment | undefined>;
    current(services: string[]): Promise<Array<{ serving?: Deployment }>>;
  };
  readonly #runs: { get(id: string): Promise<Run> };
  readonly #runUrl: (runId: string) => string;

  constructor(options: {
    pipelines: { list(service: string, limit: number): Promise<Pipeline[]> };
    deployments: {
      getByRun(runId: string): Promise<Deployment | undefined>;
      current(services: string[]): Promise<Array<{ serving?: Deployment }>>;
    };
    runs: { get(id: string): Promise<Run> };
    /** The page of a run. */
    runUrl(runId: string): string;
  }) {
    this.#pipelines = options.pipelines;
    this.#deployments = options.deployments;
    this.#runs = options.runs;
    this.#runUrl = options.runUrl;
  }

  /**
   * The newest pipeline of the default branch once it is green, or what to wait for. Whoever pushes a fix, or retries the
   * pipeline, is followed. Throws what failed where it is red.
   */
  async pipelineOf(
    repository: CreatedRepository,
    resumed: WaitResult | undefined,
  ): Promise<Pipeline | Wait> {
    const { name, branch, sha, createdAt } = repository;
    // Its name may have been another's before: only what came after its creation is its own.
    const newest = (await this.#pipelines.list(name, RECENT)).find(
      pipeline =>
        pipeline.branch === branch &&
        (pipeline.commit.sha === sha || pipeline.createdAt >= createdAt),
    );
    if (!newest) {
      if (resumed?.outcome === 'expired') {
        throw new OperationFailedError({
          message: `${name} was pushed, but got no pipeline within ${PIPELINE_START_MS / 60_000} minutes.`,
          hint: 'Retry; if it happens again, ask the platform team to look at the forge.',
        });
      }
      return waitForEvent({
        key: pipelineStartedEvent(name, sha),
        reason: `the first push of ${name} to start its pipeline`,
        timeoutMs: PIPELINE_START_MS,
      });
    }
    const commit = newest.commit.sha.slice(0, 7);
    if (newest.state === 'queued' || newest.state === 'running') {
      return waitForEvent({
        key: runEndedEvent(newest.runId),
        reason: `the pipeline of ${commit}`,
        timeoutMs: RUN_END_MS,
      });
    }
    if (newest.state !== 'succeeded') {
      const { message, hint } = newest.failure ?? {};
      throw new OperationFailedError({
        message: `The pipeline of ${name} ${commit} ${newest.state === 'cancelled' ? 'was cancelled' : 'failed'}${message ? `: ${message}` : '.'}`,
        hint: `${hint ? `${hint} ` : ''}Push a fix or retry the pipeline, then retry this run: ${this.#runUrl(newest.runId)}`,
      });
    }
    return newest;
  }

  /** The deployments of a green pipeline once all of them serve, or what to wait for. Throws what failed. */
  async deploymentsOf(pipeline: Pipeline): Promise<Delivered | Wait> {
    const { service, runId: pipelineRunId } = pipeline;
    const { output } = await this.#runs.get(pipelineRunId);
    const runIds = (output?.deployRunIds ?? []) as string[];
    const deployments: Deployment[] = [];
    for (const runId of runIds) {
      const [run, deployment] = await Promise.all([
        this.#runs.get(runId),
        this.#deployments.getByRun(runId),
      ]);
      if (!isFinalRunState(run.state)) {
        return waitForEvent({
          key: runEndedEvent(runId),
          reason: `the deployment to ${run.environment}`,
          timeoutMs: RUN_END_MS,
        });
      }
      if (deployment) {
        deployments.push(await this.#serving(service, run, deployment));
      }
    }
    return { pipelineRunId, deployments };
  }

  /** What serves: the deployment, or where that failed, one of its release or a newer that somebody made since. */
  async #serving(
    service: string,
    run: Run,
    deployment: Deployment,
  ): Promise<Deployment> {
    if (run.state === 'succeeded') {
      return deployment;
    }
    const { environment, release } = deployment;
    const current = await this.#deployments.current([service]);
    const serving = current
      .map(entry => entry.serving)
      .find(
        other =>
          other?.environment === environment &&
          other.release.number >= release.number,
      );
    if (serving) {
      return serving;
    }
    const { message, hint } = run.failure ?? {};
    throw new OperationFailedError({
      message: `The deployment of ${service} v${release.number} to ${environment} ${run.state === 'cancelled' ? 'was cancelled' : 'failed'}${message ? `: ${message}` : '.'}`,
      hint: `${hint ? `${hint} ` : ''}Push a fix or retry the deployment, then retry this run: ${this.#runUrl(run.id)}`,
    });
  }
}
