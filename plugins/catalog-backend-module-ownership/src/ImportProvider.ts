import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  OWNERSHIP_IMPORTS_TOPIC,
  type OwnershipApi,
  type OwnershipCatalogEvent,
} from '@slipway/plugin-ownership-common';

/** How many entities are provided at a time. */
const BATCH = 500;

/**
 * Gives to the catalog what imports made. What it has is confirmed afterwards, so that a backend that dies in between provides it again, which changes
 * nothing.
 */
export class ImportProvider implements EntityProvider {
  readonly #ownership: Pick<
    OwnershipApi,
    'listPendingEntities' | 'confirmProvided'
  >;
  readonly #auth: AuthService;
  readonly #events: Pick<EventsService, 'publish' | 'subscribe'>;
  readonly #logger: LoggerService;
  #connection: EntityProviderConnection | undefined;
  #work: Promise<void> | undefined;
  #isWanted = false;

  constructor(options: {
    ownership: Pick<OwnershipApi, 'listPendingEntities' | 'confirmProvided'>;
    auth: AuthService;
    events: Pick<EventsService, 'publish' | 'subscribe'>;
    logger: LoggerService;
  }) {
    this.#ownership = options.ownership;
    this.#auth = options.auth;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  getProviderName(): string {
    return 'ownership-imports';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#events.subscribe({
      id: this.getProviderName(),
      topics: [OWNERSHIP_IMPORTS_TOPIC],
      onEvent: async () => void this.provide(),
    });
  }

  /** Provides what is pending; what comes meanwhile too. What fails is logged, and done by a later call. */
  async provide(): Promise<void> {
    this.#isWanted = true;
    this.#work ??= this.#workOff()
      .catch(error =>
        this.#logger.warn(
          `What imports made is not in the catalog yet, and is tried again: ${error}`,
        ),
      )
      .finally(() => {
        this.#work = undefined;
      });
    return this.#work;
  }

  async #workOff(): Promise<void> {
    while (this.#isWanted && this.#connection) {
      this.#isWanted = (await this.#provideBatch(this.#connection)) === BATCH;
    }
  }

  async #provideBatch(connection: EntityProviderConnection): Promise<number> {
    const pending = await this.#ownership.listPendingEntities(
      BATCH,
      await this.#token(),
    );
    if (pending.length === 0) {
      return 0;
    }
    const removed = pending
      .filter(({ entity }) => !entity)
      .map(({ entityRef }) => entityRef);
    await connection.applyMutation({
      type: 'delta',
      added: pending.flatMap(({ entity }) =>
        entity ? [{ entity, locationKey: this.getProviderName() }] : [],
      ),
      removed: removed.map(entityRef => ({ entityRef })),
    });
    await this.#ownership.confirmProvided(
      pending.map(({ entityRef, version }) => ({ entityRef, version })),
      await this.#token(),
    );
    if (removed.length > 0) {
      // The catalog itself tells nobody of what leaves it.
      const eventPayload: OwnershipCatalogEvent = { entityRefs: removed };
      await this.#events.publish({
        topic: OWNERSHIP_CATALOG_TOPIC,
        eventPayload,
      });
    }
    return pending.length;
  }

  #token(): Promise<{ token: string }> {
    return this.#auth.getOwnServiceCredentials().then(onBehalfOf =>
      this.#auth.getPluginRequestToken({
        onBehalfOf,
        targetPluginId: 'ownership',
      }),
    );
  }
}
