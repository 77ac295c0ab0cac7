import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  type PlannedChange,
  RESOURCE_RUN_KINDS,
  type Run,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { describeResource } from '../names';
import type { OwnerNews } from '../OwnerNews';
import { connectionsTo, type DeploymentThere } from '../store/connections';
import {
  existingOf,
  resourcesUsedThere,
  resourcesWith,
} from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import type { OnBehalfOf, ResourceRuns } from './ResourceRuns';

/** A service in an environment. */
type There = Omit<DeploymentThere, 'id'>;

/** A resource that a service has no use for any more. */
export interface UnusedResource {
  id: string;
  /** As people call it. */
  what: string;
  /** Whether others may use it as well. */
  shared: boolean;
}

/** What a service used, or had made for itself, and names no more. */
export class UnusedResources {
  readonly #knex: Knex;
  readonly #runs: ResourceRuns;

  readonly #news: Pick<OwnerNews, 'unused'>;

  constructor(options: {
    knex: Knex;
    runs: ResourceRuns;
    news: Pick<OwnerNews, 'unused'>;
  }) {
    this.#knex = options.knex;
    this.#runs = options.runs;
    this.#news = options.news;
  }

  /**
   * What a service is or was connected to in an environment, or a deployment that came to nothing had made for it, and that isn't among what
   * it keeps. What somebody has decided about before isn't answered again.
   *
   * @param kept - ids
   */
  async find(there: There, kept: string[]): Promise<UnusedResource[]> {
    const used = await resourcesUsedThere(this.#knex, there);
    const own = await existingOf(this.#knex, there);
    const left: ResourceRow[] = [];
    for (const row of own.filter(({ id }) => !used.some(o => o.id === id))) {
      if (!(await this.#runs.wasToBeDestroyed(row))) {
        left.push(row);
      }
    }
    return [...used, ...left]
      .filter(({ id }) => !kept.includes(id))
      .map(row => ({
        id: row.id,
        what: describeResource(row),
        shared: row.service === null,
      }));
  }

  /** What becomes of them when the service is deployed without them. */
  async plan(there: There, kept: string[]): Promise<PlannedChange[]> {
    const unused = await this.find(there, kept);
    return Promise.all(unused.map(each => this.#planOne(there, each)));
  }

  async #planOne(
    { service }: There,
    { id, what, shared }: UnusedResource,
  ): Promise<PlannedChange> {
    if (shared) {
      return {
        action: 'keep',
        what,
        detail: `not used by ${service} any more; it is shared, so it stays`,
      };
    }
    const removal = await this.#runs
      .plan(RESOURCE_RUN_KINDS.destroy, { resourceId: id, withConnected: true })
      .then(changes => changes.at(-1))
      .catch(() => undefined);
    return {
      action: 'remove',
      what,
      detail: [
        'no longer used: planned for removal, which happens only when somebody of its team starts it',
        ...(removal?.detail ? [removal.detail] : []),
      ].join('; '),
      dataLoss: removal?.dataLoss,
    };
  }

  /**
   * Plans to destroy what only this service used, for its team to start or discard, and tells the team; once, however often it is called for the
   * same run. Where that can't be planned, the log says why: it is used, at work, or the rules are against it.
   */
  async planRemoval(
    resource: UnusedResource,
    behalf: Pick<OnBehalfOf, 'run' | 'requestedBy' | 'log'>,
  ): Promise<void> {
    const { id, what, shared } = resource;
    const [connection] = await connectionsTo(this.#knex, [id]);
    if (shared || connection) {
      return;
    }
    try {
      const removal = await this.#runs.holdRemoval(id, behalf);
      behalf.log(
        `${what} is not used any more. To remove it, start ${this.#runs.urlOf(removal)}`,
      );
      await this.#tell(id, removal, behalf);
    } catch (error) {
      if (!(
        error instanceof ConflictError || error instanceof NotAllowedError
      )) {
        throw error;
      }
      behalf.log(
        `${what} is not used any more, and its removal can't be planned: ${error.message}`,
      );
    }
  }

  /** That nobody could be told stops no deployment: the plan is on the resource's page. */
  async #tell(
    id: string,
    removal: Run,
    { log }: Pick<OnBehalfOf, 'log'>,
  ): Promise<void> {
    const [row] = await resourcesWith(this.#knex, [id]);
    await this.#news.unused(row, removal).catch(error => {
      log(`Its team could not be told: ${error.message}`);
    });
  }

  /** Discards planned removals of what is used again. */
  async keep(
    resources: Array<{ environment: string; name: string; id: string }>,
    log: (text: string) => void,
  ): Promise<void> {
    for (const resource of resources) {
      const held = await this.#runs.held(resource);
      const removals = held.filter(
        ({ kind, input }) =>
          kind === RESOURCE_RUN_KINDS.destroy &&
          input.resourceId === resource.id,
      );
      for (const run of removals) {
        await this.#runs.cancel(run.id).catch(error => {
          // Somebody has started or discarded it meanwhile; where started, it finds what is connected.
          if (!(error instanceof ConflictError)) {
            throw error;
          }
        });
        log(`Discarded the plan "${run.title}": it is used again.`);
      }
    }
  }
}
