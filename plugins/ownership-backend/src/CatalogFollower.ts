import type { EventsService } from '@backstage/plugin-events-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  type OwnershipCatalogEvent,
} from '@slipway/plugin-ownership-common';
import { ChangeRate } from '@slipway/plugin-ownership-node';
import {
  REPOSITORY_EVENT_TOPIC,
  type RepositoryEvent,
  RESOURCE_EVENT_TOPIC,
} from '@slipway/plugin-platform-common';
import { repositoryReference, type SyncWorker } from './projection';

/**
 * When to look, in milliseconds after an event: the catalog tells while it still works on a change, and serves it a moment later; on a
 * machine that is busy, later than that.
 */
const LOOKS_MS = [0, 300, 1_000, 5_000];
/** When to look at what a repository says of who owns it, once. */
const LOOK_AT_REPOSITORY_MS = 1_000;
/** When to look at everything, which takes seconds in a large company: once, when the catalog serves it. */
const LOOK_AT_ALL_MS = 5_000;

/** Looks at what the catalog and the platform say has changed. An event may come twice, late, in any order: what counts is what the catalog has then. */
export class CatalogFollower {
  readonly #worker: Pick<SyncWorker, 'all' | 'some' | 'missed'>;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #rate = new ChangeRate();
  #all: NodeJS.Timeout | undefined;

  constructor(options: {
    worker: Pick<SyncWorker, 'all' | 'some' | 'missed'>;
  }) {
    this.#worker = options.worker;
  }

  async follow(events: EventsService): Promise<void> {
    await events.subscribe({
      id: 'ownership',
      topics: [OWNERSHIP_CATALOG_TOPIC],
      onEvent: async ({ eventPayload }) => {
        const event = eventPayload as OwnershipCatalogEvent;
        if ('all' in event || this.#rate.isFlood(event.entityRefs.length)) {
          this.#lookAtAll();
        } else {
          this.#look(() => this.#worker.some(event.entityRefs, event.actor));
        }
      },
    });
    // What the platform removes leaves the catalog without a word.
    await events.subscribe({
      id: 'ownership-platform',
      topics: [REPOSITORY_EVENT_TOPIC, RESOURCE_EVENT_TOPIC],
      onEvent: async ({ eventPayload }) => {
        this.#look(() => this.#worker.missed());
        const { action, repository } = eventPayload as Partial<RepositoryEvent>;
        if (action === 'pushed' && repository) {
          // Its CODEOWNERS, and who works on it, may be others now.
          this.#after(LOOK_AT_REPOSITORY_MS, () =>
            this.#worker.some([repositoryReference(repository)]),
          );
        }
      },
    });
  }

  stop(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
  }

  #look(work: () => Promise<void>): void {
    LOOKS_MS.forEach(wait => this.#after(wait, work));
  }

  /** Waits until no more such events come. */
  #lookAtAll(): void {
    this.#forget(this.#all);
    this.#all = this.#after(LOOK_AT_ALL_MS, () => this.#worker.all());
  }

  #after(wait: number, work: () => Promise<void>): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#forget(timer);
      // The worker tries until it works, so nobody has to wait for it.
      void work();
    }, wait);
    timer.unref();
    this.#timers.add(timer);
    return timer;
  }

  #forget(timer: NodeJS.Timeout | undefined): void {
    clearTimeout(timer);
    if (timer) {
      this.#timers.delete(timer);
    }
  }
}
