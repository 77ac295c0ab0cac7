import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  type OwnershipCatalogEvent,
} from '@slipway/plugin-ownership-common';

/** For how long changes are collected. */
const COLLECT_MS = 300;
/** More than these aren't named one by one. */
const MOST_REFS = 200;

/** Tells of changed entities, many at once. What isn't told because it fails is found when everything is read again. */
export class ChangeTeller {
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: LoggerService;
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    events: Pick<EventsService, 'publish'>;
    logger: LoggerService;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
  }

  changed(entityRef: string): void {
    this.#changed.add(entityRef);
    this.#timer ??= setTimeout(() => this.#tell(), COLLECT_MS);
  }

  /** Tells what it has. */
  stop(): void {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#tell();
    }
  }

  #tell(): void {
    this.#timer = undefined;
    const entityRefs = [...this.#changed];
    this.#changed.clear();
    const eventPayload: OwnershipCatalogEvent =
      entityRefs.length > MOST_REFS ? { all: true } : { entityRefs };
    this.#events
      .publish({ topic: OWNERSHIP_CATALOG_TOPIC, eventPayload })
      .catch(error =>
        this.#logger.warn(
          `Ownership is not told of ${entityRefs.length} changed entities: ${error}`,
        ),
      );
  }
}
