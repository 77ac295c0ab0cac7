import type { AuditorService } from '@backstage/backend-plugin-api';
import type {
  EnvironmentsView,
  Explanation,
  Page,
  Resource,
  ResourceFilter,
  ResourceMatch,
  ResourceType,
} from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import type { Access, Asking } from '../access';
import type { ResourceService } from './ResourceService';

/** What people ask about resources, over HTTP and as actions alike: who may is decided here, once. */
export class ResourceOperations {
  readonly #resources: ResourceService;
  readonly #access: Access;
  readonly #auditor: AuditorService;

  constructor(options: {
    resources: ResourceService;
    access: Access;
    auditor: AuditorService;
  }) {
    this.#resources = options.resources;
    this.#access = options.access;
    this.#auditor = options.auditor;
  }

  async list(
    asking: Asking,
    filter: ResourceFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Resource>> {
    await this.#access.requireRead(asking);
    return this.#resources.list(filter, page);
  }

  async get(asking: Asking, id: string): Promise<Resource> {
    await this.#access.requireRead(asking);
    return this.#resources.get(id);
  }

  /** For the owning team, on record whether it was answered or not. */
  async reveal(asking: Asking, id: string): Promise<Record<string, string>> {
    const { userRef } = await this.#access.requireOperator(asking);
    const { owner } = await this.#resources.get(id);
    return withAudit(
      this.#auditor,
      {
        eventId: 'resource-reveal',
        severityLevel: 'high',
        meta: { resourceId: id, actor: userRef },
      },
      async () => {
        await this.#access.requireOwner(asking, owner);
        return this.#resources.reveal(id);
      },
    );
  }

  async check(asking: Asking, id: string): Promise<Resource> {
    await this.#access.requireOperator(asking);
    return this.#resources.check(id);
  }

  async types(asking: Asking): Promise<ResourceType[]> {
    await this.#access.requireRead(asking);
    return this.#resources.types();
  }

  async explain(asking: Asking, request: ResourceMatch): Promise<Explanation> {
    await this.#access.requireRead(asking);
    return this.#resources.explain(request);
  }

  async environments(asking: Asking): Promise<EnvironmentsView> {
    await this.#access.requireRead(asking);
    return this.#resources.environments();
  }
}
