import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type PlatformSignal,
  REPOSITORY_EVENT_TOPIC,
  type RepositoryEvent,
} from '@slipway/plugin-platform-common';

/** Tells other plugins, and pages, what happened to repositories, once it can't be lost any more. */
export class RepositoryAnnouncer {
  readonly #events: EventsService;
  readonly #signals: Pick<SignalsService, 'publish'>;
  readonly #logger: LoggerService;

  constructor(options: {
    events: EventsService;
    signals: Pick<SignalsService, 'publish'>;
    logger: LoggerService;
  }) {
    this.#events = options.events;
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** Never throws: what happened has happened, and who listens also looks for themselves now and then. */
  async announce(
    repository: string,
    action: RepositoryEvent['action'],
  ): Promise<void> {
    const eventPayload: RepositoryEvent = { repository, action };
    try {
      await this.#events.publish({
        topic: REPOSITORY_EVENT_TOPIC,
        eventPayload,
      });
      await this.#signals.publish<PlatformSignal>({
        recipients: { type: 'broadcast' },
        channel: PLATFORM_SIGNAL_CHANNEL,
        message: { type: 'repository', repository, action },
      });
    } catch (error) {
      this.#logger.warn(
        `Nobody could be told that ${repository} was ${action}`,
        error as Error,
      );
    }
  }
}
