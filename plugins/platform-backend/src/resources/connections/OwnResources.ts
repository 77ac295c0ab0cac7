import { ConflictError } from '@backstage/errors';
import {
  isFinalRunState,
  type PlannedChange,
  RESOURCE_RUN_KINDS,
} from '@slipway/plugin-platform-common';
import type { Wait } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { describeResource } from '../names';
import type { ResourceAnnouncer } from '../ResourceAnnouncer';
import { disconnectDeployments } from '../store/connections';
import { existingOf } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { ACTING_STATES } from '../transitions';
import { allOf } from './allOf';
import type { OnBehalfOf, ResourceRuns } from './ResourceRuns';

/** Of what all goes: of a service, or of one of its previews. */
export interface Whole {
  service: string;
  /** The environment of the preview, in which nothing is anybody else's. */
  preview?: string;
}

/** What was made for a service alone, and goes when the service goes. */
export class OwnResources {
  readonly #knex: Knex;
  readonly #runs: ResourceRuns;
  readonly #announcer: ResourceAnnouncer;

  constructor(options: {
    knex: Knex;
    runs: ResourceRuns;
    announcer: ResourceAnnouncer;
  }) {
    this.#knex = options.knex;
    this.#runs = options.runs;
    this.#announcer = options.announcer;
  }

  /** What {@link OwnResources.destroy} would do, with the environments in which it would. */
  async plan(
    whole: Whole,
  ): Promise<Array<{ environment: string; change: PlannedChange }>> {
    const rows = await this.#existing(whole);
    return Promise.all(
      rows.map(async row => ({
        environment: row.environment,
        change: await this.#planOne(row),
      })),
    );
  }

  async #planOne(row: ResourceRow): Promise<PlannedChange> {
    const input = { resourceId: row.id, withConnected: true };
    const changes = await this.#runs
      .plan(RESOURCE_RUN_KINDS.destroy, input)
      .catch(() => []);
    // The first ones are about the service itself; what is at work now is destroyed afterwards.
    return changes.at(-1) ?? { action: 'remove', what: describeResource(row) };
  }

  /**
   * Destroys all of them, each in a run of its own, and disconnects the service from what it shared. Nothing of the service may run any more.
   * Answers what to wait for; called again after each wait. Throws `OperationFailedError` where one can't be destroyed.
   */
  async destroy(whole: Whole, behalf: OnBehalfOf): Promise<Wait | undefined> {
    const { service, preview } = whole;
    const left = await disconnectDeployments(this.#knex, {
      service,
      ...(preview && { environment: preview }),
    });
    left.forEach(row => this.#announcer.changed(row));
    for (const run of await this.#runs.making(service, preview)) {
      const { state } = await this.#runs.cancel(run.id).catch(error => {
        // It has ended meanwhile, or is being undone.
        if (error instanceof ConflictError) {
          return run;
        }
        throw error;
      });
      if (!isFinalRunState(state)) {
        return this.#runs.waitFor(run);
      }
    }
    const rows = await this.#existing(whole);
    const waits = await allOf(rows.map(row => this.#destroyOne(row, behalf)));
    return waits.find(wait => wait !== undefined);
  }

  #existing({ service, preview }: Whole): Promise<ResourceRow[]> {
    return existingOf(
      this.#knex,
      preview ? { environment: preview } : { service },
    );
  }

  async #destroyOne(
    row: ResourceRow,
    behalf: OnBehalfOf,
  ): Promise<Wait | undefined> {
    const acting = await this.#runs.get(row.run_id);
    if (ACTING_STATES.includes(row.state) && !isFinalRunState(acting.state)) {
      return this.#runs.waitFor(acting);
    }
    if (acting.kind === RESOURCE_RUN_KINDS.destroy && !acting.givenUp) {
      return this.#runs.waitFor(await this.#runs.retry(acting, behalf));
    }
    const run = await this.#runs.start(
      RESOURCE_RUN_KINDS.destroy,
      { resourceId: row.id },
      behalf,
      { losses: 'agreed' },
    );
    return this.#runs.waitFor(run);
  }
}
