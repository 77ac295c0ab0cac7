import { setTimeout as delay } from 'node:timers/promises';
import type {
  Deployment,
  Pipeline,
  Run,
} from '@slipway/plugin-platform-common';
import type { PlatformAccess } from '../PlatformAccess';
import { followRun } from './followRun';
import { JobLogs } from './JobLogs';
import { LogTail } from './LogTail';

/** A commit of a service on its way into the environments. */
export interface ServiceDeliveryOptions {
  access: PlatformAccess;
  service: string;
  commit: string;
  /** Takes the lines of every log on the way, each with the job or step that printed it in front. */
  print(line: string): void;
}

/** How often to look for a pipeline or deployment that is about to appear. */
const LOOK_INTERVAL_MS = 50;

/** How long a pushed commit may take to get its pipeline. */
const PIPELINE_DEADLINE_MS = 30_000;

/** How often to look for new lines while a job runs; how fast the end is noticed doesn't depend on it. */
const LOG_INTERVAL_MS = 1_000;

const RECENT = 50;

/** Follows a commit of a service from its pipeline to where it answers. */
export class ServiceDelivery {
  readonly #access: PlatformAccess;
  readonly #service: string;
  readonly #commit: string;
  readonly #print: (line: string) => void;

  constructor(options: ServiceDeliveryOptions) {
    this.#access = options.access;
    this.#service = options.service;
    this.#commit = options.commit;
    this.#print = options.print;
  }

  /** The pipeline of the commit, which has begun or is about to. */
  async findPipeline(): Promise<Pipeline> {
    const { platform, signal } = this.#access;
    const deadline = Date.now() + PIPELINE_DEADLINE_MS;
    for (;;) {
      const pipelines = await platform.listPipelines(
        { service: this.#service, limit: RECENT },
        await this.#access.requestOptions(),
      );
      const pipeline = pipelines.find(({ commit }) =>
        commit.sha.startsWith(this.#commit),
      );
      if (pipeline) {
        return pipeline;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `${this.#service} has no pipeline for the commit ${this.#commit}. Check that it was pushed.`,
        );
      }
      await delay(LOOK_INTERVAL_MS, undefined, { signal });
    }
  }

  /** Resolves when the pipeline is green; throws what failed, with the end of its log. */
  async followPipeline(pipeline: Pipeline): Promise<void> {
    const logs = new JobLogs(this.#access, (job, text) =>
      this.#print(`[${job}] ${text}`),
    );
    const timer = setInterval(() => logs.update(), LOG_INTERVAL_MS);
    try {
      const run = await followRun(this.#access, pipeline.runId, {
        pipelineChanged: changed => logs.update(changed),
        printed: ({ stepId, text }) => this.#print(`[${stepId}] ${text}`),
      });
      const { id } = pipeline;
      if (run.state !== 'succeeded') {
        const options = await this.#access.requestOptions();
        const ended = await this.#access.platform.getPipeline(id, options);
        logs.update(ended);
        await logs.settled();
        const job = ended.failure?.job ?? findFailedJob(ended);
        throw this.#explain(run, {
          what: job ? `The job "${job}" of the pipeline` : 'The pipeline',
          log: job ? logs.tail(job) : '',
        });
      }
    } finally {
      clearInterval(timer);
      logs.update();
      await logs.settled();
    }
  }

  /** The deployments that the green pipeline started, in the order of the environments. */
  async findDeployments(pipeline: Pipeline): Promise<Deployment[]> {
    const { platform } = this.#access;
    const options = await this.#access.requestOptions();
    const [deployments, environments] = await Promise.all([
      platform.listDeployments(
        { service: this.#service, limit: RECENT },
        options,
      ),
      platform.listEnvironments(options),
    ]);
    return environments.flatMap(({ name, autoDeploy }) => {
      const deployment = deployments.find(
        ({ environment, release }) =>
          environment === name && release.commit.sha === pipeline.commit.sha,
      );
      return autoDeploy && deployment ? [deployment] : [];
    });
  }

  /** Resolves when the release serves, with the deployment as it is then; throws what failed. */
  async followDeployment(deployment: Deployment): Promise<Deployment> {
    const { environment, id, runId } = deployment;
    const tail = new LogTail();
    const run = await followRun(this.#access, runId, {
      printed: ({ stepId, text }) => {
        tail.add(text);
        this.#print(`[${environment}/${stepId}] ${text}`);
      },
    });
    if (run.state !== 'succeeded') {
      throw this.#explain(run, {
        what: `The deployment to ${environment}`,
        log: tail.toString(),
      });
    }
    const deployments = await this.#access.platform.listDeployments(
      { service: this.#service, environment, limit: RECENT },
      await this.#access.requestOptions(),
    );
    return deployments.find(other => other.id === id) ?? deployment;
  }

  #explain(run: Run, failure: { what: string; log: string }): Error {
    const { message, hint } = run.failure ?? {};
    const verb = run.state === 'cancelled' ? 'was cancelled' : 'failed';
    return new Error(
      [
        `${failure.what} of ${this.#service} ${verb}${message ? `: ${message}` : '.'}`,
        hint,
        failure.log && `The end of its log:\n${failure.log}`,
        `All of it: ${this.#access.runUrl(run.id)}`,
      ]
        .filter(Boolean)
        .join('\n'),
    );
  }
}

function findFailedJob(pipeline: Pipeline): string | undefined {
  return pipeline.jobs.find(({ state }) => state === 'failed')?.name;
}
