import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { JobLogLine, Pipeline } from '@slipway/plugin-platform-common';
import type { Forge, Push, RunEventSink } from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';
import { isId, type RunService } from '../runs';
import { pipelineStartedEvent, type ServiceStore } from '../services';
import { PIPELINE_RUN_KIND } from './pipelineRunKind';
import type { PipelineStore } from './PipelineStore';

/** How many lines of a job's log are answered at a time. */
const LOG_PAGE = 2_000;

/** Turns pushes into pipelines, and shows pipelines. */
export class PipelineService {
  readonly #store: PipelineStore;
  readonly #services: ServiceStore;
  readonly #runs: RunService;
  readonly #forge: Forge;
  readonly #events: RunEventSink;
  readonly #logger: LoggerService;

  constructor(options: {
    store: PipelineStore;
    services: ServiceStore;
    runs: RunService;
    forge: Forge;
    /** Told of every commit that has got its pipeline. */
    events: RunEventSink;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#services = options.services;
    this.#runs = options.runs;
    this.#forge = options.forge;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  /** Starts the pipeline of a push. Delivering the push again changes nothing. */
  async pushed(push: Push): Promise<void> {
    if (!(await this.#store.findByPush(push.id))) {
      try {
        await this.#start(push);
      } catch (error) {
        if (!(error instanceof NotAllowedError)) {
          throw error;
        }
        // Delivering it again would end the same way.
        this.#logger.warn(
          `Nothing was built for ${push.sha} of ${push.repository.name}: ${error.message}`,
        );
        return;
      }
    }
    // After a crash in between, the push is delivered again.
    await this.#events.eventHappened(
      pipelineStartedEvent(push.repository.name, push.sha),
    );
  }

  async #start(push: Push): Promise<void> {
    const { repository } = push;
    const commit = await this.#forge.getCommit(repository.name, push.sha);
    await this.#services.save({
      name: repository.name,
      owner: repository.owner,
      description: repository.description,
      repository: repository.name,
    });
    const pipelineId = randomUUID();
    await this.#runs.start(
      {
        kind: PIPELINE_RUN_KIND,
        input: {
          pipelineId,
          service: repository.name,
          sha: push.sha,
          branch: push.branch,
        },
        target: `pipeline:${repository.name}:${push.branch}`,
        requestedBy: push.pushedBy,
        owner: repository.owner,
        service: repository.name,
        idempotencyKey: `push:${push.id}`,
      },
      (trx, runId) =>
        this.#store.insert(trx, {
          id: pipelineId,
          pushId: push.id,
          runId,
          service: repository.name,
          repository: repository.name,
          branch: push.branch,
          onDefaultBranch: push.branch === repository.defaultBranch,
          commit,
          requestedBy: push.pushedBy,
        }),
    );
  }

  list(service: string, limit: number): Promise<Pipeline[]> {
    return this.#store.list(service, limit);
  }

  async get(id: string): Promise<Pipeline> {
    const pipeline = isId(id) ? await this.#store.get(id) : undefined;
    if (!pipeline) {
      throw new NotFoundError(`There is no pipeline ${id}.`);
    }
    return pipeline;
  }

  async jobLog(
    id: string,
    job: string,
    after: number,
  ): Promise<{ lines: JobLogLine[]; truncated: number }> {
    const pipeline = await this.get(id);
    if (!pipeline.jobs.some(({ name }) => name === job)) {
      throw new NotFoundError(
        `This pipeline has no job "${job}". It has: ${pipeline.jobs.map(({ name }) => name).join(', ') || 'none yet'}.`,
      );
    }
    const lines = await this.#store.readJobLog(id, job, after, LOG_PAGE);
    return { lines, truncated: 0 };
  }
}
