import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Drift } from '@slipway/plugin-platform-common';
import type { ResourcePlan } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { planDigest } from '../runs';
import type { Patience } from './askProvider';
import { describeResource } from './names';
import type { OwnerNews } from './OwnerNews';
import { plannedChange } from './plannedChange';
import type { ResourceActs } from './ResourceActs';
import type { ResourceAnnouncer } from './ResourceAnnouncer';
import type { ResourcePlanner } from './ResourcePlanner';
import { markDriftTold, markWarningTold, storeCheck } from './store/checks';
import type { ResourceRow } from './store/rows';

/** Looks whether resources are still what was asked for and well, and tells their owners where not. Changes nothing about them. */
export class DriftCheck {
  readonly #knex: Knex;
  readonly #planner: ResourcePlanner;
  readonly #acts: Pick<ResourceActs, 'planned'>;
  readonly #announcer: ResourceAnnouncer;
  readonly #news: Pick<OwnerNews, 'drifted' | 'inTrouble'>;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    planner: ResourcePlanner;
    acts: Pick<ResourceActs, 'planned'>;
    announcer: ResourceAnnouncer;
    news: Pick<OwnerNews, 'drifted' | 'inTrouble'>;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#planner = options.planner;
    this.#acts = options.acts;
    this.#announcer = options.announcer;
    this.#news = options.news;
    this.#logger = options.logger;
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
    const { observation, plan } = await this.#planner.planExisting(
      this.#acts.planned(row),
      patience,
    );
    const drift = driftOf(plan, row.drift, new Date());
    const checked = await storeCheck(this.#knex, row, {
      drift,
      warning: observation.warning,
    });
    if (!checked) {
      // A run has begun to act on it meanwhile: what was seen says nothing.
      return row;
    }
    if (checked.version !== row.version) {
      this.#announcer.changed(checked);
    }
    await this.#tellOfDrift(checked, plan);
    await this.#tellOfWarning(checked);
    return checked;
  }

  async #tellOfDrift(row: ResourceRow, plan: ResourcePlan): Promise<void> {
    const digest = planDigest([plannedChange(describeResource(row), plan)]);
    if (!row.drift || row.drift_told === digest) {
      return;
    }
    await this.#tell(row, 'has drifted', async () => {
      await this.#news.drifted(row);
      await markDriftTold(this.#knex, row.id, digest);
    });
  }

  async #tellOfWarning(row: ResourceRow): Promise<void> {
    const { warning } = row;
    if (warning === null || row.warning_told) {
      return;
    }
    await this.#tell(row, 'needs them', async () => {
      await this.#news.inTrouble({ ...row, warning });
      await markWarningTold(this.#knex, row.id);
    });
  }

  /** Who can't be told now is told at the next look. */
  async #tell(
    { id }: ResourceRow,
    what: string,
    tell: () => Promise<void>,
  ): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#logger.warn(
        `Nobody was told yet that resource ${id} ${what}: ${error}`,
      );
    }
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
