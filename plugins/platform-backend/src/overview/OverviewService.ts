import type {
  Deployment,
  Environment,
  Pipeline,
  Run,
  ServiceEnvironment,
  ServiceOverview,
  ServiceSummary,
} from '@slipway/plugin-platform-common';
import type { Forge, Runtime } from '@slipway/plugin-platform-node';
import type { DeploymentStore, ReleaseStore } from '../deployments';
import type { Environments } from '../environments';
import type { PipelineStore } from '../pipelines';
import type { RunService } from '../runs';
import type { ServiceStore, StoredService } from '../services';

/** Brings together what the platform knows of services, for the pages that show them. */
export class OverviewService {
  readonly #services: ServiceStore;
  readonly #pipelines: PipelineStore;
  readonly #deployments: DeploymentStore;
  readonly #releases: Pick<ReleaseStore, 'newestNumbers'>;
  readonly #runs: RunService;
  readonly #forge: Forge;
  readonly #runtime: Runtime;
  readonly #environments: Pick<Environments, 'all'>;

  constructor(options: {
    services: ServiceStore;
    pipelines: PipelineStore;
    deployments: DeploymentStore;
    releases: Pick<ReleaseStore, 'newestNumbers'>;
    runs: RunService;
    forge: Forge;
    runtime: Runtime;
    environments: Pick<Environments, 'all'>;
  }) {
    this.#services = options.services;
    this.#pipelines = options.pipelines;
    this.#deployments = options.deployments;
    this.#releases = options.releases;
    this.#runs = options.runs;
    this.#forge = options.forge;
    this.#runtime = options.runtime;
    this.#environments = options.environments;
  }

  async list(owners?: string[]): Promise<ServiceSummary[]> {
    const services = await this.#services.list(owners);
    const names = services.map(({ name }) => name);
    const [deployments, pipelines] = await Promise.all([
      this.#deployments.current(names),
      this.#pipelines.latestOf(names),
    ]);
    return Promise.all(
      services.map(service => this.#summary(service, deployments, pipelines)),
    );
  }

  async get(name: string): Promise<ServiceOverview> {
    const service = await this.#services.get(name);
    const [repository, [latestPipeline], current, newest, activeRuns] =
      await Promise.all([
        this.#forge.findRepository(service.repository),
        this.#pipelines.latestOf([name]),
        this.#deployments.current([name]),
        this.#releases.newestNumbers([name]),
        this.#activeRuns(name),
      ]);
    const environments = await Promise.all(
      this.#environments.all().map(environment =>
        this.#environment(
          name,
          environment,
          current.find(({ latest }) => latest.environment === environment.name),
          newest.get(name) ?? 0,
        ),
      ),
    );
    return {
      service: name,
      owner: service.owner,
      repository,
      environments,
      latestPipeline,
      activeRuns,
    };
  }

  async #activeRuns(service: string): Promise<Run[]> {
    const { items } = await this.#runs.list(
      {
        service,
        state: ['queued', 'running', 'waiting', 'cancelling', 'undoing'],
      },
      { limit: 20 },
    );
    return items;
  }

  async #environment(
    service: string,
    environment: Environment,
    current: { serving?: Deployment; latest: Deployment } | undefined,
    newest: number,
  ): Promise<ServiceEnvironment> {
    const { serving, latest } = current ?? {};
    return {
      environment,
      status: await this.#runtime.observe({
        service,
        environment: environment.name,
      }),
      serving,
      latest: latest?.id === serving?.id ? undefined : latest,
      releasesBehind: serving ? newest - serving.release.number : 0,
    };
  }

  async #summary(
    { name, description, owner }: StoredService,
    deployments: Array<{ serving?: Deployment }>,
    pipelines: Pipeline[],
  ): Promise<ServiceSummary> {
    const environments = this.#environments.all().map(async environment => {
      const serving = deployments
        .map(entry => entry.serving)
        .find(
          entry =>
            entry?.service === name && entry.environment === environment.name,
        );
      const status = await this.#runtime.observe({
        service: name,
        environment: environment.name,
      });
      return {
        environment: environment.name,
        health: status.health,
        url: serving?.url,
        release: serving && {
          number: serving.release.number,
          sha: serving.release.commit.sha,
        },
      };
    });
    return {
      service: name,
      description,
      owner,
      environments: await Promise.all(environments),
      latestPipeline: pipelines.find(({ service }) => service === name),
    };
  }
}
