import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  EnvironmentsView,
  Explanation,
  Page,
  Resource,
  ResourceFilter,
  ResourceMatch,
  ResourceType,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { Environments } from '../environments';
import { isId } from '../runs';
import type { DriftCheck } from './DriftCheck';
import { describeResource } from './names';
import { pendingChanges } from './pendingChanges';
import type { ResourcePlanner } from './ResourcePlanner';
import type { ResourceProviders } from './ResourceProviders';
import type { ResourceSecrets } from './ResourceSecrets';
import { resourceTypes } from './resourceTypes';
import { connectionsTo } from './store/connections';
import { listResources } from './store/listResources';
import { existingResources, readResource } from './store/readResource';
import type { ResourceRow } from './store/rows';
import { toResource } from './toResource';

/** What people ask about resources; what they want done with them is a run. */
export class ResourceService {
  readonly #knex: Knex;
  readonly #environments: Environments;
  readonly #planner: ResourcePlanner;
  readonly #providers: ResourceProviders;
  readonly #secrets: ResourceSecrets;
  readonly #drift: DriftCheck;
  readonly #patienceMs: number;

  constructor(options: {
    knex: Knex;
    environments: Environments;
    planner: ResourcePlanner;
    providers: ResourceProviders;
    secrets: ResourceSecrets;
    drift: DriftCheck;
    /** How long a provider may think while somebody waits, in milliseconds. */
    patienceMs: number;
  }) {
    this.#knex = options.knex;
    this.#environments = options.environments;
    this.#planner = options.planner;
    this.#providers = options.providers;
    this.#secrets = options.secrets;
    this.#drift = options.drift;
    this.#patienceMs = options.patienceMs;
  }

  /** Those that were destroyed only where that state is asked for. Throws `InputError` where the cursor is none of this list. */
  async list(
    filter: ResourceFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Resource>> {
    const { items, nextCursor } = await listResources(this.#knex, filter, page);
    return { items: await this.#shown(items), nextCursor };
  }

  /** Throws `NotFoundError` where there never was one with this id. */
  async get(id: string): Promise<Resource> {
    return this.#show(await this.#require(id));
  }

  /** Every output, the secret ones too. Throws `ConflictError` where it has none, or the key that they need is lost. */
  async reveal(id: string): Promise<Record<string, string>> {
    const row = await this.#require(id);
    if (row.state === 'deleted' || row.state === 'destroyed') {
      throw new ConflictError(
        `${describeResource(row)} is ${row.state}, and nothing lets in any more.`,
      );
    }
    return { ...row.outputs, ...this.#secrets.decrypt(row) };
  }

  /** Looks now whether it is what was asked for. Throws what {@link DriftCheck.look} throws. */
  async check(id: string): Promise<Resource> {
    const row = await this.#require(id);
    return this.#show(
      await this.#drift.look(row, { patienceMs: this.#patienceMs }),
    );
  }

  types(): ResourceType[] {
    return resourceTypes(this.#environments, this.#providers);
  }

  explain(request: ResourceMatch): Explanation {
    return this.#environments.explain(request);
  }

  /** Environments and definitions as they count now, and what they would change. */
  async environments(): Promise<EnvironmentsView> {
    const rows = await existingResources(this.#knex);
    return {
      ...this.#environments.view(),
      pending: pendingChanges(this.#planner, rows),
    };
  }

  async #require(id: string): Promise<ResourceRow> {
    const row = isId(id) ? await readResource(this.#knex, id) : undefined;
    if (!row) {
      throw new NotFoundError(`There is no resource ${id}.`);
    }
    return row;
  }

  async #show(row: ResourceRow): Promise<Resource> {
    const [resource] = await this.#shown([row]);
    return resource;
  }

  async #shown(rows: ResourceRow[]): Promise<Resource[]> {
    const connections = await connectionsTo(
      this.#knex,
      rows.map(({ id }) => id),
    );
    return rows.map(row =>
      toResource(row, connections, this.#providers.find(row.provider)),
    );
  }
}
