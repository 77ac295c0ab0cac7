import { setTimeout as delay } from 'node:timers/promises';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type {
  CatalogService,
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  OWNERSHIP_CATALOG_TOPIC,
  type OwnershipCatalogEvent,
} from '@slipway/plugin-ownership-common';
import type { EntityReading, EntitySource } from './EntitySource';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

/**
 * Keeps what a source has in the catalog.
 *
 * All work is done by one worker, so that an older state never overwrites a newer one: a refresh of everything
 * at start-up and now and then, a refresh of single things whenever events name them. Work reads the
 * state as it is when the work begins, so that events may come twice, late, in any order, at every backend or just at one. Work that
 * fails is tried again, ever more slowly, until it succeeds; an event is worked on at once all the same.
 */
export class PlatformEntityProvider implements EntityProvider {
  readonly #source: EntitySource;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #stopped = new AbortController();
  /** What events named since it was read last. */
  readonly #changed = new Set<string>();
  /** What this process gave to the catalog last, by key. */
  readonly #provided = new Map<string, string[]>();
  #isAllWanted = true;
  #connection: EntityProviderConnection | undefined;
  #worker: Promise<void> | undefined;
  /** Ends the pause before the next try. */
  #pause: AbortController | undefined;

  constructor(options: {
    source: EntitySource;
    auth: AuthService;
    catalog: CatalogService;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#source = options.source;
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  getProviderName(): string {
    return this.#source.name;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#events.subscribe({
      id: this.getProviderName(),
      topics: [this.#source.topic],
      onEvent: async ({ eventPayload }) => {
        this.#changed.add(this.#source.keyOf(eventPayload));
        this.#pause?.abort();
        this.#work(connection);
      },
    });
    // Not awaited: the platform may come up after the catalog.
    this.#work(connection);
  }

  /** Reads everything anew; resolves when that is done. */
  async refreshAll(): Promise<void> {
    this.#isAllWanted = true;
    if (this.#connection) {
      await this.#work(this.#connection);
    }
  }

  /** Ends all work. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#worker;
  }

  #work(connection: EntityProviderConnection): Promise<void> {
    this.#worker ??= this.#workOff(connection);
    return this.#worker;
  }

  async #workOff(connection: EntityProviderConnection): Promise<void> {
    let wait = FIRST_RETRY_MS;
    while (!this.#stopped.signal.aborted) {
      if (!this.#isAllWanted && this.#changed.size === 0) {
        // In the same moment as the look for work, so that none is missed.
        this.#worker = undefined;
        return;
      }
      try {
        if (this.#isAllWanted) {
          await this.#provideAll(connection);
        } else {
          await this.#provideChanged(connection);
        }
        wait = FIRST_RETRY_MS;
      } catch (error) {
        this.#logger.warn(
          `The catalog could not read from the platform and tries again in ${wait} ms`,
          error as Error,
        );
        await this.#rest(wait);
        wait = Math.min(wait * 2, LAST_RETRY_MS);
      }
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    this.#pause = new AbortController();
    const signal = AbortSignal.any([this.#pause.signal, this.#stopped.signal]);
    await delay(milliseconds, undefined, { signal, ref: false }).catch(
      () => undefined,
    );
    this.#pause = undefined;
  }

  async #provideAll(connection: EntityProviderConnection): Promise<void> {
    this.#isAllWanted = false;
    this.#changed.clear();
    try {
      const reading = await this.#source.readAll({
        token: await this.#token(),
      });
      const entities = [...reading.entities.values()].flat();
      // A full mutation would take the entities of what could not be read away.
      await connection.applyMutation(
        reading.failures.size === 0
          ? { type: 'full', entities }
          : { type: 'delta', added: entities, removed: [] },
      );
      this.#remember(reading);
      throwFailures(reading);
    } catch (error) {
      this.#isAllWanted = true;
      throw error;
    }
  }

  async #provideChanged(connection: EntityProviderConnection): Promise<void> {
    const keys = [...this.#changed];
    this.#changed.clear();
    try {
      const reading = await this.#source.read(keys, {
        token: await this.#token(),
      });
      const added = [...reading.entities.values()].flat();
      const kept = new Set(added.map(refOf));
      const removed = (await this.#entityRefsOf([...reading.entities.keys()]))
        .filter(entityRef => !kept.has(entityRef))
        .map(entityRef => ({ entityRef }));
      await connection.applyMutation({ type: 'delta', added, removed });
      await this.#tellOfRemoved(removed.map(({ entityRef }) => entityRef));
      this.#remember(reading);
      throwFailures(reading);
    } catch (error) {
      // Those that were provided are provided again, which changes nothing.
      keys.forEach(key => this.#changed.add(key));
      throw error;
    }
  }

  /** What the catalog has of these things, also from other backends and from before this one started. */
  async #entityRefsOf(keys: string[]): Promise<string[]> {
    if (keys.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntities(
      {
        filter: {
          [`metadata.annotations.${this.#source.annotation}`]: keys,
        },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return [
      ...new Set([
        ...items.map(entity => stringifyEntityRef(entity)),
        ...keys.flatMap(key => this.#provided.get(key) ?? []),
      ]),
    ];
  }

  /** The catalog itself tells nobody of what leaves it. */
  async #tellOfRemoved(entityRefs: string[]): Promise<void> {
    if (entityRefs.length > 0) {
      const eventPayload: OwnershipCatalogEvent = { entityRefs };
      await this.#events.publish({
        topic: OWNERSHIP_CATALOG_TOPIC,
        eventPayload,
      });
    }
  }

  #remember({ entities }: EntityReading): void {
    for (const [key, provided] of entities) {
      if (provided.length > 0) {
        this.#provided.set(key, provided.map(refOf));
      } else {
        this.#provided.delete(key);
      }
    }
  }

  async #token(): Promise<string> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'platform',
    });
    return token;
  }
}

function refOf({ entity }: DeferredEntity): string {
  return stringifyEntityRef(entity);
}

function throwFailures({ failures }: EntityReading): void {
  if (failures.size > 0) {
    throw new Error(
      [...failures]
        .map(([key, { message }]) => `${key}: ${message}`)
        .join('; '),
    );
  }
}
