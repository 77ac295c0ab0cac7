import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  type OwnershipCatalogEvent,
} from '@slipway/plugin-ownership-common';
import { ChangeRate } from '@slipway/plugin-ownership-node';

/**
 * When to look, in milliseconds after an event: the catalog serves a change a moment after it tells of it, and a whole run of the collator that
 * began before would put back what was there when it read.
 */
const LOOKS_MS = [300, 1_000, 5_000, 60_000];

/** Has indexed anew what the catalog says has changed; one at a time, what comes meanwhile together. What is too much waits for the whole run. */
export class ChangeFollower {
  readonly #index: (entityRefs: string[]) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #changed = new Set<string>();
  readonly #rate = new ChangeRate();
  #work: Promise<void> | undefined;

  /** @param options - `index`: indexes these entities as they are now */
  constructor(options: {
    index: (entityRefs: string[]) => Promise<void>;
    logger: LoggerService;
  }) {
    this.#index = options.index;
    this.#logger = options.logger;
  }

  async follow(events: Pick<EventsService, 'subscribe'>): Promise<void> {
    await events.subscribe({
      id: 'search-ownership',
      topics: [OWNERSHIP_CATALOG_TOPIC],
      onEvent: async ({ eventPayload }) => {
        const event = eventPayload as OwnershipCatalogEvent;
        if (
          'entityRefs' in event &&
          !this.#rate.isFlood(event.entityRefs.length)
        ) {
          LOOKS_MS.forEach(wait => this.#later(wait, event.entityRefs));
        }
      },
    });
  }

  async stop(): Promise<void> {
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#changed.clear();
    await this.#work;
  }

  #later(wait: number, entityRefs: readonly string[]): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      entityRefs.forEach(ref => this.#changed.add(ref));
      this.#work ??= this.#workOff();
    }, wait);
    timer.unref();
    this.#timers.add(timer);
  }

  async #workOff(): Promise<void> {
    while (this.#changed.size > 0) {
      const entityRefs = [...this.#changed];
      this.#changed.clear();
      try {
        await this.#index(entityRefs);
      } catch (error) {
        // A later look, or the whole run, does what this one did not.
        this.#logger.warn(
          `The search does not find ${entityRefs.length} changed entities yet: ${error}`,
        );
      }
    }
    this.#work = undefined;
  }
}
