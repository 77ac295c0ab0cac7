import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Artifact,
  Deployment,
  Environment,
  Release,
  Run,
} from '@slipway/plugin-platform-common';
import { type Forge } from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';
import { SCORE_FILE, type StoredPipeline } from '../pipelines';
import type { RunService } from '../runs';
import type { ServiceStore } from '../services';
import { DEPLOY_RUN_KIND } from './deployRunKind';
import type { DeploymentStore, StoredRelease } from './DeploymentStore';

/** Makes releases and brings them into environments. */
export class DeploymentService {
  readonly #store: DeploymentStore;
  readonly #services: ServiceStore;
  readonly #runs: RunService;
  readonly #forge: Forge;
  readonly #environments: Environment[];

  constructor(options: {
    store: DeploymentStore;
    services: ServiceStore;
    runs: RunService;
    forge: Forge;
    environments: Environment[];
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

  /** Brings an existing release into an environment: promotion and rollback alike. */
  async deploy(request: {
    service: string;
    environment: string;
    releaseId: string;
    requestedBy: string;
    idempotencyKey?: string;
  }): Promise<Run> {
    if (!this.#environments.some(({ name }) => name === request.environment)) {
      throw new InputError(
        `There is no environment "${request.environment}". There are: ${this.#environments.map(({ name }) => name).join(', ')}.`,
      );
    }
    const release = /^[0-9a-f-]{36}$/.test(request.releaseId)
      ? await this.#store.getRelease(request.releaseId)
      : undefined;
    if (release?.service !== request.service) {
      throw new NotFoundError(
        `${request.service} has no release ${request.releaseId}.`,
      );
    }
    return this.#start(release, request.environment, request);
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

  async #start(
    release: StoredRelease,
    environment: string,
    request: { requestedBy: string; idempotencyKey?: string },
  ): Promise<Run> {
    const { owner } = await this.#services.get(release.service);
    const deploymentId = randomUUID();
    const label = `v${release.number} ${release.commit.sha.slice(0, 7)}`;
    const { service } = release;
    return this.#runs.start(
      {
        kind: DEPLOY_RUN_KIND,
        input: {
          deploymentId,
          releaseId: release.id,
          service,
          environment,
          label,
        },
        target: `deploy:${service}:${environment}`,
        requestedBy: request.requestedBy,
        owner,
        service,
        environment,
        idempotencyKey: request.idempotencyKey,
      },
      (trx, runId) =>
        this.#store.insert(trx, {
          id: deploymentId,
          runId,
          service,
          environment,
          releaseId: release.id,
          requestedBy: request.requestedBy,
        }),
    );
  }
}
