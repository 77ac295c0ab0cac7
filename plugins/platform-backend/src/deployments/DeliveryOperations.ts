import type { AuditorService } from '@backstage/backend-plugin-api';
import type {
  Deployment,
  Page,
  Release,
  ReleaseDetail,
  ReleaseHold,
  Run,
} from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import type { Access, Asking, Caller } from '../access';
import type { Environments } from '../environments';
import type { RunOperations } from '../runs';
import type { ServiceStore } from '../services';
import { DEPLOY_RUN_KIND } from './deployRunKind';
import type { HoldService } from './holds';
import type { ReleaseDetails } from './ReleaseDetails';
import { releaseBefore } from './servedReleases';
import type { DeploymentFilter, DeploymentStore, ReleaseStore } from './store';

/** How many releases of a service are listed. */
const RELEASES = 100;

/** What people ask of deliveries, over HTTP and as actions alike: who may is decided here, once. */
export class DeliveryOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #services: ServiceStore;
  readonly #store: DeploymentStore;
  readonly #releases: ReleaseStore;
  readonly #environments: Pick<Environments, 'require'>;
  readonly #holds: HoldService;
  readonly #operations: RunOperations;
  readonly #details: ReleaseDetails;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    services: ServiceStore;
    store: DeploymentStore;
    releases: ReleaseStore;
    environments: Pick<Environments, 'require'>;
    holds: HoldService;
    operations: RunOperations;
    details: ReleaseDetails;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#services = options.services;
    this.#store = options.store;
    this.#releases = options.releases;
    this.#environments = options.environments;
    this.#holds = options.holds;
    this.#operations = options.operations;
    this.#details = options.details;
  }

  /** The deployments of all services, or of those of some teams, the newest first. */
  async list(
    asking: Asking,
    {
      owner,
      ...filter
    }: Omit<DeploymentFilter, 'services'> & {
      owner?: string[];
      service?: string;
    },
    page: { limit: number; cursor?: string },
  ): Promise<Page<Deployment>> {
    await this.#access.requireRead(asking);
    const { service, ...rest } = filter;
    if (service) {
      await this.#services.get(service);
    }
    const owned = owner && (await this.#services.list(owner));
    const services = owned?.map(({ name }) => name);
    return this.#store.list(
      {
        ...rest,
        services: service
          ? [service].filter(name => services?.includes(name) ?? true)
          : services,
      },
      page,
    );
  }

  async releases(asking: Asking, name: string): Promise<Release[]> {
    await this.#access.requireRead(asking);
    const { name: service } = await this.#services.get(name);
    return this.#releases.list(service, RELEASES);
  }

  /** Throws `NotFoundError` where there is no such release. */
  async release(
    asking: Asking,
    service: string,
    number: number,
  ): Promise<ReleaseDetail> {
    await this.#access.requireRead(asking);
    return this.#details.get(service, number);
  }

  /** Back to a release, or to the one that served before. */
  async rollBack(
    asking: Asking,
    service: string,
    request: { environment: string; releaseId?: string; reason?: string },
    key: string | undefined,
  ): Promise<Run> {
    await this.#requireOwner(asking, service);
    const { environment, reason } = request;
    this.#environments.require(environment);
    const releaseId =
      request.releaseId ??
      (await releaseBefore(this.#store, service, environment)).id;
    return this.#operations.start(
      asking,
      {
        kind: DEPLOY_RUN_KIND,
        input: { service, environment, releaseId, ...(reason && { reason }) },
      },
      key,
    );
  }

  async holds(asking: Asking, name: string): Promise<ReleaseHold[]> {
    await this.#access.requireRead(asking);
    const { name: service } = await this.#services.get(name);
    return this.#holds.list(service);
  }

  async placeHold(
    asking: Asking,
    service: string,
    request: { release: number; reason: string },
  ): Promise<ReleaseHold> {
    const { userRef } = await this.#requireOwner(asking, service);
    return withAudit(
      this.#auditor,
      {
        eventId: 'release-hold',
        severityLevel: 'medium',
        meta: { service, release: request.release, actor: userRef },
      },
      () => this.#holds.place(service, { ...request, placedBy: userRef }),
    );
  }

  async liftHold(
    asking: Asking,
    service: string,
    id: string,
    reason: string,
  ): Promise<ReleaseHold> {
    const { userRef } = await this.#requireOwner(asking, service);
    return withAudit(
      this.#auditor,
      {
        eventId: 'release-hold-lift',
        severityLevel: 'medium',
        meta: { service, holdId: id, actor: userRef },
      },
      () => this.#holds.lift(service, id, { by: userRef, reason }),
    );
  }

  /** Who may not act at all isn't told what there is. */
  async #requireOwner(asking: Asking, service: string): Promise<Caller> {
    await this.#access.requireOperator(asking);
    const { owner } = await this.#services.get(service);
    return this.#access.requireOwner(asking, owner);
  }
}
