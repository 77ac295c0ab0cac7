import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  Artifact,
  Deployment,
  Release,
  Run,
  RunPlan,
} from '@slipway/plugin-platform-common';
import { type Forge } from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';
import type { Environments } from '../environments';
import { SCORE_FILE, type StoredPipeline } from '../pipelines';
import { isId, type RunService, type StartRun } from '../runs';
import type { ServiceStore } from '../services';
import type { DeployInput } from './DeployInput';
import { DEPLOY_RUN_KIND } from './deployRunKind';
import type { DeploymentStore, StoredRelease } from './DeploymentStore';
import { releaseLabel } from './releaseLabel';

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
}

type DeployOptions = Pick<
  DeployRequest,
  'requestedBy' | 'goldenPath' | 'idempotencyKey' | 'hold' | 'planDigest'
> & {
  /** See {@link DeploymentService.refresh}. */
  refresh?: boolean;
};

/** Makes releases and brings them into environments. */
export class DeploymentService {
  readonly #store: DeploymentStore;
  readonly #services: ServiceStore;
  readonly #runs: RunService;
  readonly #forge: Forge;
  readonly #environments: Pick<Environments, 'all' | 'require'>;

  constructor(options: {
    store: DeploymentStore;
    services: ServiceStore;
    runs: RunService;
    forge: Forge;
    environments: Pick<Environments, 'all' | 'require'>;
  }) {
    this.#store = options.store;
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
    const score = await this.#forge.readFile(
      pipeline.repository,
      pipeline.commit.sha,
      SCORE_FILE,
    );
    const release = await this.#store.release({
      service: pipeline.service,
      pipelineId: pipeline.id,
      commit: pipeline.commit,
      artifact,
      score: score ?? '',
    });
    const runs = await Promise.all(
      this.#environments
        .all()
        .filter(({ autoDeploy }) => autoDeploy)
        .map(({ name }) =>
          this.#start(release, name, {
            requestedBy: pipeline.requestedBy,
            idempotencyKey: `hand-over:${pipeline.id}:${name}`,
          }),
        ),
    );
    return { releaseId: release.id, deployRunIds: runs.map(({ id }) => id) };
  }

  /**
   * Brings an existing release into an environment: promotion and rollback alike. Throws `ConflictError` where the
   * idempotency key was used for something else.
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
    return run;
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
  }): Promise<Run | undefined> {
    const { service, environment, requestedBy, idempotencyKey } = request;
    const there =
      (await this.#store.serving(service, environment)) ??
      (await this.#store.underWay(service, environment));
    const release = there && (await this.#store.getRelease(there.release.id));
    return (
      release &&
      this.#start(release, environment, {
        requestedBy,
        idempotencyKey,
        refresh: true,
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

  listReleases(service: string): Promise<Release[]> {
    return this.#store.listReleases(service, 100);
  }

  list(filter: {
    service: string;
    environment?: string;
    limit: number;
  }): Promise<Deployment[]> {
    return this.#store.list(filter);
  }

  async #requireRelease(request: DeployRequest): Promise<StoredRelease> {
    this.#environments.require(request.environment);
    const release = isId(request.releaseId)
      ? await this.#store.getRelease(request.releaseId)
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
    const isRollback = serving && release.number < serving.release.number;
    return {
      kind: DEPLOY_RUN_KIND,
      input: {
        deploymentId: randomUUID(),
        releaseId: release.id,
        service,
        environment,
        label: releaseLabel(release),
        ...(request.planDigest !== undefined && { planShown: true }),
        ...(request.refresh && { refresh: true }),
      } satisfies DeployInput,
      target: `deploy:${service}:${environment}`,
      priority: isRollback ? ROLLBACK_PRIORITY : undefined,
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
}
