import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  type Artifact,
  type Environment,
  type Preview,
  type PreviewPolicy,
  REMOVE_PREVIEW_RUN_KIND,
  type Run,
} from '@slipway/plugin-platform-common';
import type { Forge } from '@slipway/plugin-platform-node';
import type { DeploymentService, DeploymentStore } from '../deployments';
import type { Environments } from '../environments';
import type { PipelineStore, StoredPipeline } from '../pipelines';
import { isId, type RunEvents, type RunService } from '../runs';
import type { ServiceStore } from '../services';
import {
  environmentOf,
  type PreviewFilter,
  type PreviewRow,
  type PreviewStore,
} from './PreviewStore';
import type { RemovePreviewInput } from './removePreviewRunKind';

/** An environment that can be cloned. */
export type PreviewBase = Environment & { previews: PreviewPolicy };

/** Environments that branches have for themselves. */
export class PreviewService {
  readonly #store: PreviewStore;
  readonly #services: Pick<ServiceStore, 'get' | 'find'>;
  readonly #environments: Pick<Environments, 'all'>;
  readonly #forge: Pick<Forge, 'branches'>;
  readonly #pipelines: Pick<PipelineStore, 'newestGreen'>;
  readonly #deployments: Pick<DeploymentService, 'handOverTo'>;
  readonly #deploymentStore: Pick<DeploymentStore, 'current'>;
  readonly #runs: Pick<RunService, 'start'>;
  readonly #events: Pick<RunEvents, 'publish'>;

  constructor(options: {
    store: PreviewStore;
    services: Pick<ServiceStore, 'get' | 'find'>;
    environments: Pick<Environments, 'all'>;
    forge: Pick<Forge, 'branches'>;
    pipelines: Pick<PipelineStore, 'newestGreen'>;
    deployments: Pick<DeploymentService, 'handOverTo'>;
    deploymentStore: Pick<DeploymentStore, 'current'>;
    runs: Pick<RunService, 'start'>;
    events: Pick<RunEvents, 'publish'>;
  }) {
    this.#store = options.store;
    this.#services = options.services;
    this.#environments = options.environments;
    this.#forge = options.forge;
    this.#pipelines = options.pipelines;
    this.#deployments = options.deployments;
    this.#deploymentStore = options.deploymentStore;
    this.#runs = options.runs;
    this.#events = options.events;
  }

  /** The environment that is cloned; `undefined` where none may be. */
  base(): PreviewBase | undefined {
    return this.#environments
      .all()
      .find((each): each is PreviewBase => each.previews !== undefined);
  }

  /**
   * Gives a branch a preview, or answers the one that it has; what is green already is deployed to it. Throws `InputError` where there is no such
   * branch, and `ConflictError` where no environment is cloned or there are as many as may be.
   */
  async start(request: {
    service: string;
    branch: string;
    mergeRequest?: number;
    requestedBy: string;
  }): Promise<PreviewRow> {
    const { service, branch, mergeRequest } = request;
    const { repository } = await this.#services.get(service);
    const base = this.base();
    if (!base) {
      throw new ConflictError(
        'No environment may be cloned for previews. Ask the platform team to add spec.previews to one.',
      );
    }
    const sha = (await this.#forge.branches(repository)).get(branch);
    if (!sha) {
      throw new InputError(
        `branch: ${repository} has no branch ${JSON.stringify(branch)}. Push it first.`,
      );
    }
    const { defaultMs, maximum } = base.previews;
    const row = await this.#store.make({
      ...request,
      base: base.name,
      lifeMs: defaultMs,
      maximum,
    });
    if (!row) {
      throw new ConflictError(
        `There are ${maximum} previews, and no more may be at once. Remove one that nobody looks at.`,
      );
    }
    if (row.state === 'removing') {
      throw new ConflictError(
        `The preview that ${branch} had is being removed. Try again once it is gone.`,
      );
    }
    if (mergeRequest !== undefined && row.merge_request === null) {
      await this.#store.belongsTo(row.id, mergeRequest);
    }
    this.#changed(service);
    await this.catchUp(row);
    return row;
  }

  /** Shows what is green, where nobody has yet: a pipeline may have ended while the preview was made. */
  async catchUp(row: PreviewRow): Promise<void> {
    const { service, branch } = row;
    const pipeline = await this.#pipelines.newestGreen(service, branch);
    if (pipeline?.artifact && pipeline.id !== row.shown_pipeline_id) {
      await this.#show(row, pipeline, pipeline.artifact);
    }
  }

  /** Shows what a green pipeline of a branch made, where the branch has a preview; answers how many deployments that are. */
  async handOver(
    pipeline: StoredPipeline,
    artifact: Artifact,
  ): Promise<string[]> {
    const { service, branch, requestedBy } = pipeline;
    const base = this.base();
    const [known] = await this.#store.list({
      service,
      branch,
      states: ['active'],
    });
    if (!known && base?.previews.for === 'branches') {
      // It shows this very pipeline, as the newest that is green but for those that are newer.
      await this.start({ service, branch, requestedBy });
      return [];
    }
    return known ? [(await this.#show(known, pipeline, artifact)).id] : [];
  }

  async #show(
    row: PreviewRow,
    pipeline: StoredPipeline,
    artifact: Artifact,
  ): Promise<Run> {
    const run = await this.#deployments.handOverTo(pipeline, artifact, {
      environment: environmentOf(row),
      key: `preview:${row.id}:${pipeline.id}`,
    });
    await this.#store.shows(row.id, pipeline.id);
    return run;
  }

  async list(filter: PreviewFilter): Promise<Preview[]> {
    const rows = await this.#store.list(filter);
    return Promise.all(rows.map(row => this.#describe(row)));
  }

  /** Throws `NotFoundError`. */
  async require(id: string): Promise<PreviewRow> {
    const row = isId(id) ? await this.#store.get(id) : undefined;
    if (!row) {
      throw new NotFoundError(`There is no preview ${id}.`);
    }
    return row;
  }

  async get(id: string): Promise<Preview> {
    return this.#describe(await this.require(id));
  }

  /** Lets it last from now on as long as it may by default. Throws `ConflictError` where it goes already. */
  async extend(row: PreviewRow): Promise<void> {
    const base = this.base();
    const extended =
      base && (await this.#store.extend(row.id, base.previews.defaultMs));
    if (!extended) {
      throw new ConflictError(
        `The preview of ${row.branch} is ${row.state === 'active' ? 'of an environment that is cloned no more' : row.state}. Start a new one.`,
      );
    }
    this.#changed(row.service);
  }

  /** Begins to take it away; the same run under the same key. */
  async remove(
    row: PreviewRow,
    {
      reason,
      requestedBy,
      key,
    }: { reason: string; requestedBy: string; key: string },
  ): Promise<Run> {
    const { service, branch } = row;
    const environment = environmentOf(row);
    const owner = (await this.#services.find(service))?.owner ?? requestedBy;
    const run = await this.#runs.start(
      {
        kind: REMOVE_PREVIEW_RUN_KIND,
        input: {
          previewId: row.id,
          service,
          environment,
          branch,
          reason,
        } satisfies RemovePreviewInput,
        target: `preview:${environment}`,
        requestedBy,
        owner,
        service,
        idempotencyKey: key,
      },
      (trx, runId) => this.#store.removing(trx, row.id, { runId, reason }),
    );
    this.#changed(service);
    return run;
  }

  async #describe(row: PreviewRow): Promise<Preview> {
    const { service } = row;
    const environment = environmentOf(row);
    const [owned, current] = await Promise.all([
      this.#services.find(service),
      this.#deploymentStore.current([service]),
    ]);
    const there = current.find(
      ({ latest }) => latest.environment === environment,
    );
    const { serving, latest } = there ?? {};
    return {
      id: row.id,
      environment,
      base: row.base,
      service,
      owner: owned?.owner ?? '',
      branch: row.branch,
      mergeRequest: row.merge_request ?? undefined,
      state: row.state,
      reason: row.reason ?? undefined,
      removalRunId: row.removal_run_id ?? undefined,
      requestedBy: row.requested_by,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      removedAt: row.removed_at?.toISOString(),
      serving,
      latest: latest?.id === serving?.id ? undefined : latest,
    };
  }

  #changed(service: string): void {
    this.#events.publish({ type: 'service', service });
  }
}
