import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, isError } from '@backstage/errors';
import {
  isFinalRunState,
  type MergeRequest,
  PLATFORM_ACTOR,
} from '@slipway/plugin-platform-common';
import type { Forge } from '@slipway/plugin-platform-node';
import type { Chore, RunService } from '../runs';
import type { ServiceStore } from '../services';
import type { PreviewNews } from './PreviewNews';
import type { PreviewBase, PreviewService } from './PreviewService';
import type { PreviewRow, PreviewStore } from './PreviewStore';

/** How far apart looks are, in milliseconds. */
const EVERY_MS = 3_000;
/** When a removal that did not come to a good end is begun anew, in milliseconds. */
const ANEW_MS = 10 * 60_000;
/** When a team that could not be told is tried again, in milliseconds. */
const LATER_MS = 30_000;
/** How long before its end the team is told, at most, in milliseconds. */
const WARN_MS = 24 * 60 * 60_000;

/** Holds previews against the forge, so that each branch that should have one has it, and none is left behind. */
export class PreviewReconciler implements Chore {
  readonly #store: PreviewStore;
  readonly #previews: PreviewService;
  readonly #services: Pick<ServiceStore, 'find'>;
  readonly #forge: Pick<Forge, 'branches' | 'openMergeRequests'>;
  readonly #runs: Pick<RunService, 'get'>;
  readonly #news: PreviewNews;
  readonly #logger: LoggerService;
  /** Merge requests that could not get one, with what was said. */
  readonly #refused = new Map<string, string>();
  #notBefore = 0;
  #warnNotBefore = 0;

  constructor(options: {
    store: PreviewStore;
    previews: PreviewService;
    services: Pick<ServiceStore, 'find'>;
    forge: Pick<Forge, 'branches' | 'openMergeRequests'>;
    runs: Pick<RunService, 'get'>;
    news: PreviewNews;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#previews = options.previews;
    this.#services = options.services;
    this.#forge = options.forge;
    this.#runs = options.runs;
    this.#news = options.news;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    if (Date.now() < this.#notBefore) {
      return;
    }
    this.#notBefore = Date.now() + EVERY_MS;
    await this.look();
  }

  /** What {@link PreviewReconciler.sweep} does now and then. */
  async look(): Promise<void> {
    const open = await this.#forge.openMergeRequests();
    const base = this.#previews.base();
    if (base?.previews.for === 'merge-requests') {
      for (const mergeRequest of open) {
        await this.#give(mergeRequest, base);
      }
    }
    const there = await this.#store.list({ states: ['active', 'removing'] });
    for (const row of there) {
      await this.#takeWhereOver(row, open, base);
    }
    if (base) {
      await this.#warn(base);
    }
  }

  /** One is made once for each merge request: whoever removes it doesn't want it back. */
  async #give(mergeRequest: MergeRequest, base: PreviewBase): Promise<void> {
    const { repository: service, number, sourceBranch, author } = mergeRequest;
    const found = await this.#services.find(service);
    if (!found || (await this.#store.everFor(service, number))) {
      return;
    }
    const key = `${service}!${number}`;
    try {
      await this.#previews.start({
        service,
        branch: sourceBranch,
        mergeRequest: number,
        requestedBy: author,
      });
      this.#refused.delete(key);
    } catch (error) {
      const message = isError(error) ? error.message : String(error);
      if (this.#refused.get(key) !== message) {
        this.#refused.set(key, message);
        this.#logger.warn(`${key} has no preview yet: ${message}`);
        if (error instanceof ConflictError) {
          await this.#news.full(
            service,
            sourceBranch,
            found.owner,
            base.previews.maximum,
          );
        }
      }
    }
  }

  async #takeWhereOver(
    row: PreviewRow,
    open: MergeRequest[],
    base: PreviewBase | undefined,
  ): Promise<void> {
    const begun = row.removal_begun_at?.getTime();
    if (begun !== undefined && Date.now() - begun < ANEW_MS) {
      return;
    }
    try {
      if (row.removal_run_id) {
        const { state } = await this.#runs.get(row.removal_run_id);
        if (!isFinalRunState(state)) {
          return;
        }
      }
      const reason = row.reason ?? (await this.#whyOver(row, open, base?.name));
      if (reason) {
        await this.#previews.remove(row, {
          reason,
          requestedBy: PLATFORM_ACTOR,
          key: `remove-preview:${row.id}:${begun ?? 0}`,
        });
      } else {
        await this.#previews.catchUp(row);
      }
    } catch (error) {
      this.#logger.warn(
        `The preview of ${row.service} ${row.branch} could not be looked after: ${error}`,
      );
    }
  }

  async #whyOver(
    row: PreviewRow,
    open: MergeRequest[],
    base: string | undefined,
  ): Promise<string | undefined> {
    if (row.expires_at.getTime() <= Date.now()) {
      return 'Its time is over.';
    }
    if (row.base !== base) {
      return `${row.base} takes no previews any more.`;
    }
    const service = await this.#services.find(row.service);
    if (!service) {
      return `${row.service} is gone.`;
    }
    const ofBranch = open.some(
      ({ repository, sourceBranch }) =>
        repository === service.repository && sourceBranch === row.branch,
    );
    if (row.merge_request !== null && !ofBranch) {
      return `The merge request !${row.merge_request} is not open any more.`;
    }
    const branches = await this.#forge.branches(service.repository);
    return branches.has(row.branch)
      ? undefined
      : `The branch ${row.branch} is gone.`;
  }

  async #warn({ previews }: PreviewBase): Promise<void> {
    if (Date.now() < this.#warnNotBefore) {
      return;
    }
    // Of a short life, only the last part.
    const ahead = Math.min(WARN_MS, previews.defaultMs / 4);
    for (const row of await this.#store.ending(ahead)) {
      const service = await this.#services.find(row.service);
      if (!service) {
        continue;
      }
      if (!(await this.#news.ends(row, service.owner))) {
        this.#warnNotBefore = Date.now() + LATER_MS;
        return;
      }
      await this.#store.warned(row.id);
    }
  }
}
