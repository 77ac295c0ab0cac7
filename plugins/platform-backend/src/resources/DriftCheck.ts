import { ConflictError } from '@backstage/errors';
import type { Drift } from '@slipway/plugin-platform-common';
import type { ResourcePlan } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Patience } from './askProvider';
import { describeResource } from './names';
import { providedResource } from './providedResource';
import type { ResourceAnnouncer } from './ResourceAnnouncer';
import type { ResourcePlanner } from './ResourcePlanner';
import type { ResourceProviders } from './ResourceProviders';
import type { ResourceSecrets } from './ResourceSecrets';
import { storeCheck } from './store/storeCheck';
import type { ResourceRow } from './store/rows';

/** Looks whether resources are still what was asked for. Changes nothing about them. */
export class DriftCheck {
  readonly #knex: Knex;
  readonly #planner: ResourcePlanner;
  readonly #providers: ResourceProviders;
  readonly #secrets: ResourceSecrets;
  readonly #announcer: ResourceAnnouncer;

  constructor(options: {
    knex: Knex;
    planner: ResourcePlanner;
    providers: ResourceProviders;
    secrets: ResourceSecrets;
    announcer: ResourceAnnouncer;
  }) {
    this.#knex = options.knex;
    this.#planner = options.planner;
    this.#providers = options.providers;
    this.#secrets = options.secrets;
    this.#announcer = options.announcer;
  }

  /**
   * Looks at one, and remembers what it saw. Throws `ConflictError` where it isn't `ready`, so that there is nothing to compare with, and
   * `ServiceUnavailableError` where its provider doesn't answer.
   */
  async look(row: ResourceRow, patience: Patience): Promise<ResourceRow> {
    if (row.state !== 'ready') {
      throw new ConflictError(
        `${describeResource(row)} is ${row.state}. Whether it has drifted can be said once it is ready.`,
      );
    }
    const provider = this.#providers.get(row.provider);
    const secrets = this.#secrets.decryptIfReadable(row);
    const resource = providedResource(row, { ...row.outputs, ...secrets });
    const { plan } = await this.#planner.planExisting(
      { provider, resource },
      patience,
    );
    const checked = await storeCheck(
      this.#knex,
      row,
      driftOf(plan, row.drift, new Date()),
    );
    // A run has begun to act on it meanwhile: what was seen says nothing.
    if (!checked) {
      return row;
    }
    if (checked.version !== row.version) {
      this.#announcer.changed(checked);
    }
    return checked;
  }
}

function driftOf(
  { action, fields }: ResourcePlan,
  before: Drift | null,
  now: Date,
): Drift | undefined {
  if (action === 'none') {
    return undefined;
  }
  const missing = action === 'create';
  return { since: before?.since ?? now.toISOString(), missing, fields };
}
