import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  Artifact,
  Deployment,
  DeploymentCause,
  Release,
  Run,
  RunPlan,
} from '@slipway/plugin-platform-common';
import { DELIVERY_FILE, type Forge } from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';
import type { Environments } from '../environments';
import { SCORE_FILE, type StoredPipeline } from '../pipelines';
import { isId, type RunService, type StartRun } from '../runs';
import type { ServiceStore } from '../services';
import type { DeployInput } from './DeployInput';
import { DEPLOY_RUN_KIND } from './deployRunKind';
import { type PromotionRules, requirePromotable } from './promotionRules';
import { releaseLabel } from './releaseLabel';
import type { DeploymentStore, ReleaseStore, StoredRelease } from './store';

/** Going back overtakes going on: somebody is waiting for it with an incident at hand. */
const ROLLBACK_PRIORITY = 10;

/** Which release is to be brought where, and who asks. */
export interface DeployRequest {
  service: string;
  environment: string;
  releaseId: string;
  requestedBy: string;
  /** The entity reference of the template that asks. */
  goldenPath?: string;
  idempotencyKey?: string;
  /** Stores the run with its plan, and leaves starting it to a person. */
  hold?: boolean;
  /** The digest of the plan that was shown. */
  planDigest?: string;
  /** Why, for those who have to agree, and for those who look later. */
  reason?: string;
}

type DeployOptions = Pick<
  DeployRequest,
  | 'requestedBy'
  | 'goldenPath'
  | 'idempotencyKey'
  | 'hold'
  | 'planDigest'
  | 'reason'
> & {
  /** Left out: a person asks, for what the service and its environments say. */
  cause?: DeploymentCause;
};

/** Makes releases and brings them into environments. */
export class DeploymentService {
  readonly #store: DeploymentStore;
  readonly #releases: ReleaseStore;
  readonly #rules: PromotionRules;
  readonly #services: ServiceStore;
  readonly #runs: RunService;
  readonly #forge: Forge;
  readonly #environments: Pick<Environments, 'all' | 'require'>;

  constructor(options: {
    store: DeploymentStore;
    releases: ReleaseStore;
    rules: PromotionRules;
    services: ServiceStore;
    runs: RunService;
    forge: Forge;
    environments: Pick<Environments, 'all' | 'require'>;
  }) {
    this.#store = options.store;
    this.#releases = options.releases;
    this.#rules = options.rules;
    this.#services = options.services;
    this.#runs = options.runs;
    this.#forge = options.forge;
    this.#environments = options.environments;
  }

  /** The release of a green pipeline, deployed to every environment that deploys by itself. Idempotent. */
  async handOver(
    pipeline: StoredPipeline,
    artifact: Artifact,
  ): Promise<{ releaseId: string; deployRunIds: string[] }> {
    const release = await this.#makeRelease(pipeline, artifact);
    const runs = await Promise.all(
      this.#environments
        .all()
        .filter(({ autoDeploy }) => autoDeploy)
        .map(({ name }) =>
          this.#start(release, name, {
            cause: 'pipeline',
            requestedBy: pipeline.requestedBy,
            idempotencyKey: `hand-over:${pipeline.id}:${name}`,
          }),
        ),
    );
    return { releaseId: release.id, deployRunIds: runs.map(({ id }) => id) };
  }

  /** The release of a green pipeline of a branch, deployed to where the branch is shown; the same run under the same key. */
  async handOverTo(
    pipeline: StoredPipeline,
    artifact: Artifact,
    { environment, key }: { environment: string; key: string },
  ): Promise<Run> {
    const release = await this.#makeRelease(pipeline, artifact);
    return this.#start(release, environment, {
      cause: 'preview',
      requestedBy: pipeline.requestedBy,
      idempotencyKey: key,
    });
  }

  async #makeRelease(
    pipeline: StoredPipeline,
    artifact: Artifact,
  ): Promise<StoredRelease> {
    const [score, delivery] = await Promise.all(
      [SCORE_FILE, DELIVERY_FILE].map(file =>
        this.#forge.readFile(pipeline.repository, pipeline.commit.sha, file),
      ),
    );
    return this.#releases.make({
      service: pipeline.service,
      pipelineId: pipeline.id,
      commit: pipeline.commit,
      artifact,
      score: score ?? '',
      delivery,
      ...(!pipeline.onDefaultBranch && { branch: pipeline.branch }),
    });
  }

  /**
   * Brings an existing release into an environment: promotion and rollback alike. A rollback that nobody has to agree to cancels what is under
   * way there. Throws `ConflictError` where the release must not go there, or the idempotency key was used for something else.
   */
  async deploy(request: DeployRequest): Promise<Run> {
    const release = await this.#requireRelease(request);
    const run = await this.#start(release, request.environment, request);
    const { input, kind } = run;
    if (
      kind !== DEPLOY_RUN_KIND ||
      input.releaseId !== release.id ||
      input.environment !== request.environment
    ) {
      throw new ConflictError(
        `This idempotency key started "${run.title}" (${run.id}) with another input. Use a new key for a new deployment.`,
      );
    }
    if (input.cause === 'rollback' && run.state === 'queued') {
      await this.#makeWayFor(run);
    }
    return run;
  }

  /** Going back doesn't wait for the end of what it goes back from. */
  async #makeWayFor(run: Run): Promise<void> {
    const { service, environment } = run;
    const { items } = await this.#runs.list(
      {
        service,
        environment,
        kind: DEPLOY_RUN_KIND,
        state: ['running', 'waiting'],
      },
      { limit: 10 },
    );
    for (const { id } of items) {
      await this.#runs.cancel(id).catch(error => {
        // It came to its end meanwhile.
        if (!(error instanceof ConflictError)) {
          throw error;
        }
      });
    }
  }

  /**
   * Starts what serves anew, with what its resources offer by then; the same run under the same key. It lines up behind the deployments under way,
   * and takes the release that serves when its turn comes. `undefined` where nothing serves, nor is about to.
   */
  async refresh(request: {
    service: string;
    environment: string;
    requestedBy: string;
    idempotencyKey: string;
    /** Left out: its resources offer something else. */
    cause?: 'refresh' | 'configuration';
    reason?: string;
  }): Promise<Run | undefined> {
    const { service, environment, cause = 'refresh', ...more } = request;
    const there =
      (await this.#store.serving(service, environment)) ??
      (await this.#store.underWay(service, environment));
    const release = there && (await this.#releases.get(there.release.id));
    return (
      release &&
      this.#start(release, environment, {
        ...more,
        cause,
      })
    );
  }

  /** What {@link DeploymentService.deploy} would do, and what the rules say to it. */
  async plan(request: DeployRequest): Promise<RunPlan> {
    const release = await this.#requireRelease(request);
    return this.#runs.describe(
      await this.#runOf(release, request.environment, request),
    );
  }

  async #requireRelease(request: DeployRequest): Promise<StoredRelease> {
    this.#environments.require(request.environment);
    const release = isId(request.releaseId)
      ? await this.#releases.get(request.releaseId)
      : undefined;
    if (release?.service !== request.service) {
      throw new NotFoundError(
        `${request.service} has no release ${request.releaseId}.`,
      );
    }
    return release;
  }

  async #start(
    release: StoredRelease,
    environment: string,
    request: DeployOptions,
  ): Promise<Run> {
    const run = await this.#runOf(release, environment, request);
    return this.#runs.start(run, (trx, runId) =>
      this.#store.insert(trx, {
        id: run.input.deploymentId,
        runId,
        service: release.service,
        environment,
        releaseId: release.id,
        requestedBy: request.requestedBy,
        cause: run.input.cause,
        reason: request.reason,
      }),
    );
  }

  async #runOf(
    release: StoredRelease,
    environment: string,
    request: DeployOptions,
  ) {
    const { service } = release;
    const [{ owner }, serving] = await Promise.all([
      this.#services.get(service),
      this.#store.serving(service, environment),
    ]);
    const cause =
      request.cause ?? (await this.#causeOf(release, environment, serving));
    // What a pipeline brings is looked at when its turn comes: the pipeline itself did nothing wrong.
    if (cause !== 'pipeline') {
      await requirePromotable(this.#rules, release, environment, cause);
    }
    const isChosen = cause === 'promotion' || cause === 'manual';
    return {
      kind: DEPLOY_RUN_KIND,
      input: {
        deploymentId: randomUUID(),
        releaseId: release.id,
        service,
        environment,
        cause,
        label: releaseLabel(release),
        ...(request.reason && { reason: request.reason }),
        ...(isChosen && { instead: serving?.release.id ?? '' }),
        ...(request.planDigest !== undefined && { planShown: true }),
        ...((cause === 'refresh' || cause === 'configuration') && {
          refresh: true,
        }),
      } satisfies DeployInput,
      target: `deploy:${service}:${environment}`,
      priority: cause === 'rollback' ? ROLLBACK_PRIORITY : undefined,
      requestedBy: request.requestedBy,
      owner,
      service,
      environment,
      goldenPath: request.goldenPath,
      idempotencyKey: request.idempotencyKey,
      hold: request.hold,
      planDigest: request.planDigest,
    } satisfies StartRun;
  }

  /** What it is to bring a release there, by what serves there and what has. */
  async #causeOf(
    release: Release,
    environment: string,
    serving: Deployment | undefined,
  ): Promise<DeploymentCause> {
    if (
      serving &&
      release.number < serving.release.number &&
      (await this.#store.served(release.id, environment))
    ) {
      return 'rollback';
    }
    const [first] = this.#environments.all();
    return environment === first.name ? 'manual' : 'promotion';
  }
}
