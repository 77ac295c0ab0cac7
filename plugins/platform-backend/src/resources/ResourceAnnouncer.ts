import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  RESOURCE_EVENT_TOPIC,
  type ResourceEvent,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { RunEvents } from '../runs';
import {
  type Announcement,
  markAnnounced,
  overdueAnnouncements,
} from './store/announce';

/** How long announcements are collected before they are marked as done together, in milliseconds. */
const COLLECT_MS = 100;
const BATCH = 200;

/**
 * Tells pages and other plugins that a resource has changed: at once after the change is stored, and at least once. What a backend that
 * died did not tell, another tells; who hears of a change reads the resource as it is then.
 */
export class ResourceAnnouncer {
  readonly #knex: Knex;
  readonly #signals: Pick<RunEvents, 'publish'>;
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: LoggerService;
  readonly #telling = new Set<Promise<void>>();
  #announced: Announcement[] = [];
  #marking: Promise<void> | undefined;

  constructor(options: {
    knex: Knex;
    signals: Pick<RunEvents, 'publish'>;
    events: Pick<EventsService, 'publish'>;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#signals = options.signals;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  /** Call it once the change is committed. It waits for nobody. */
  changed(resource: Announcement): void {
    const telling = this.#tell(resource)
      .then(() => this.#mark(resource))
      .catch(error =>
        this.#logger.warn(
          `Others are told later that resource ${resource.id} has changed: ${error}`,
        ),
      )
      .finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  /** Tells what should have been told. */
  async sweep(): Promise<void> {
    const overdue = await overdueAnnouncements(this.#knex, BATCH);
    if (overdue.length > 0) {
      await Promise.all(overdue.map(resource => this.#tell(resource)));
      await markAnnounced(this.#knex, overdue);
    }
  }

  async #tell(resource: Announcement): Promise<void> {
    const { id, environment, service, state } = resource;
    this.#signals.publish({
      type: 'resource',
      resourceId: id,
      environment,
      state,
      service: service ?? undefined,
    });
    await this.#events.publish({
      topic: RESOURCE_EVENT_TOPIC,
      eventPayload: { resourceId: id, state } satisfies ResourceEvent,
    });
  }

  /** Waits until what was announced is marked as done. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#telling]);
  }

  /** One statement for all that is announced at about the same time. */
  async #mark(resource: Announcement): Promise<void> {
    this.#announced.push(resource);
    this.#marking ??= new Promise<void>(resolve =>
      setTimeout(resolve, COLLECT_MS),
    ).then(() => {
      const announced = this.#announced;
      this.#announced = [];
      this.#marking = undefined;
      return markAnnounced(this.#knex, announced);
    });
    await this.#marking;
  }
}
