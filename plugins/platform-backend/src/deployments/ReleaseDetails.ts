import { NotFoundError } from '@backstage/errors';
import type {
  Deployment,
  ReleaseConfiguration,
  ReleaseDetail,
} from '@slipway/plugin-platform-common';
import type { Forge } from '@slipway/plugin-platform-node';
import type { ConfigurationService } from '../configuration';
import type { ServiceStore } from '../services';
import type { HoldService } from './holds';
import { plannedCommits } from './plannedCommits';
import type { DeploymentStore, ReleaseStore } from './store';

/** How many deployments of one release are shown with it. */
const DEPLOYMENTS = 50;

/** All that is known of a release. */
export class ReleaseDetails {
  readonly #store: DeploymentStore;
  readonly #releases: ReleaseStore;
  readonly #holds: Pick<HoldService, 'find'>;
  readonly #services: Pick<ServiceStore, 'find'>;
  readonly #forge: Pick<Forge, 'commitsBetween'>;
  readonly #configurations: Pick<ConfigurationService, 'between'>;

  constructor(options: {
    store: DeploymentStore;
    releases: ReleaseStore;
    holds: Pick<HoldService, 'find'>;
    services: Pick<ServiceStore, 'find'>;
    forge: Pick<Forge, 'commitsBetween'>;
    configurations: Pick<ConfigurationService, 'between'>;
  }) {
    this.#store = options.store;
    this.#releases = options.releases;
    this.#holds = options.holds;
    this.#services = options.services;
    this.#forge = options.forge;
    this.#configurations = options.configurations;
  }

  /** Throws `NotFoundError` where there is no such release. */
  async get(service: string, number: number): Promise<ReleaseDetail> {
    const [release, before, after] = await Promise.all(
      [number, number - 1, number + 1].map(each =>
        this.#releases.byNumber(service, each),
      ),
    );
    if (!release) {
      throw new NotFoundError(`${service} has no release v${number}.`);
    }
    const { score: _, delivery: __, ...shown } = release;
    const [{ items }, hold, commits] = await Promise.all([
      this.#store.list({ releaseId: release.id }, { limit: DEPLOYMENTS }),
      this.#holds.find(service, release.artifactDigest),
      before &&
        plannedCommits(
          { forge: this.#forge, services: this.#services },
          before,
          release,
        ),
    ]);
    return {
      release: shown,
      deployments: items,
      configurations: await this.#configurationsOf(items),
      ...(before && { before: before.number }),
      ...(after && { after: after.number }),
      ...(hold && { hold }),
      ...(commits && { commits }),
    };
  }

  /** Of the newest deployment in each environment that got the traffic there. */
  async #configurationsOf(
    deployments: Deployment[],
  ): Promise<ReleaseConfiguration[]> {
    const newest = new Map<string, Deployment>();
    for (const deployment of deployments.filter(({ servedAt }) => servedAt)) {
      if (!newest.has(deployment.environment)) {
        newest.set(deployment.environment, deployment);
      }
    }
    return Promise.all(
      [...newest.values()].map(async deployment => {
        const { service, environment, previous } = deployment;
        const { configuration: version = 0 } = deployment;
        const earlier =
          previous && (await this.#store.get(previous.deploymentId));
        const before = earlier && (earlier.configuration ?? 0);
        const changes =
          before === undefined
            ? []
            : await this.#configurations.between(
                { service, environment },
                before,
                version,
              );
        return {
          environment,
          version,
          ...(before !== undefined && { before }),
          changes,
        };
      }),
    );
  }
}
