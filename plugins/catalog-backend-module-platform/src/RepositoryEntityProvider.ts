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
  REPOSITORY_ANNOTATION,
  REPOSITORY_EVENT_TOPIC,
  type RepositoryEvent,
} from '@slipway/plugin-platform-common';
import { isNotFound } from './isNotFound';
import type { RepositoryApi } from './RepositoryApi';
import { RepositoryEntityReader } from './RepositoryEntityReader';

/** How many repositories are read side by side. */
const READ_WIDTH = 8;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

/**
 * Puts each repository's `catalog-info.yaml` into the catalog.
 *
 * All work is done by one worker, so that an older state never overwrites a newer one: a refresh of everything
 * at start-up and now and then, a refresh of one repository whenever an event names it. Work reads the
 * state as it is when the work begins, so that events may come twice, late, in any order, at every backend or just at one. Work that
 * fails is tried again, ever more slowly, until it succeeds.
 */
export class RepositoryEntityProvider implements EntityProvider {
  readonly #platform: RepositoryApi;
  readonly #reader: RepositoryEntityReader;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #stopped = new AbortController();
  /** The repositories that an event named since they were read last. */
  readonly #changed = new Set<string>();
  /** What this process gave to the catalog last, by repository. */
  readonly #provided = new Map<string, string[]>();
  #isAllWanted = true;
  #connection: EntityProviderConnection | undefined;
  #worker: Promise<void> | undefined;

  constructor(options: {
    platform: RepositoryApi;
    auth: AuthService;
    catalog: CatalogService;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#platform = options.platform;
    this.#reader = new RepositoryEntityReader(options);
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  getProviderName(): string {
    return 'platform-repositories';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#events.subscribe({
      id: this.getProviderName(),
      topics: [REPOSITORY_EVENT_TOPIC],
      onEvent: async ({ eventPayload }) => {
        this.#changed.add((eventPayload as RepositoryEvent).repository);
        this.#work(connection);
      },
    });
    // Not awaited: the platform may come up after the catalog.
    this.#work(connection);
  }

  /** Reads every repository anew; resolves when that is done. */
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
      const [repository] = this.#changed;
      if (!this.#isAllWanted && repository === undefined) {
        // In the same moment as the look for work, so that none is missed.
        this.#worker = undefined;
        return;
      }
      try {
        if (this.#isAllWanted) {
          await this.#provideAll(connection);
        } else {
          await this.#provideOne(connection, repository);
        }
        wait = FIRST_RETRY_MS;
      } catch (error) {
        this.#logger.warn(
          `The catalog could not read from the platform and tries again in ${wait} ms`,
          error as Error,
        );
        await delay(wait, undefined, {
          signal: this.#stopped.signal,
          ref: false,
        }).catch(() => undefined);
        wait = Math.min(wait * 2, LAST_RETRY_MS);
      }
    }
  }

  async #provideAll(connection: EntityProviderConnection): Promise<void> {
    this.#isAllWanted = false;
    this.#changed.clear();
    try {
      const token = await this.#token();
      const repositories = await this.#platform.listRepositories({ token });
      const names = new Set(repositories.map(({ name }) => name));
      const entities: DeferredEntity[] = [];
      const failures: string[] = [];
      const queue = [...repositories];
      const read = async () => {
        for (let next = queue.pop(); next; next = queue.pop()) {
          try {
            const found = await this.#reader.readLastGood(
              next,
              async name => names.has(name),
              { token },
            );
            entities.push(...found);
            this.#remember(next.name, found);
          } catch (error) {
            failures.push(`${next.name}: ${(error as Error).message}`);
          }
        }
      };
      await Promise.all(Array.from({ length: READ_WIDTH }, read));
      if (failures.length === 0) {
        await connection.applyMutation({ type: 'full', entities });
        return;
      }
      // A full mutation would take the entities of the others away.
      await connection.applyMutation({
        type: 'delta',
        added: entities,
        removed: [],
      });
      throw new Error(failures.join('; '));
    } catch (error) {
      this.#isAllWanted = true;
      throw error;
    }
  }

  async #provideOne(
    connection: EntityProviderConnection,
    name: string,
  ): Promise<void> {
    this.#changed.delete(name);
    try {
      const token = await this.#token();
      const added = await this.#readOne(name, token);
      if (!added) {
        return;
      }
      const kept = new Set(
        added.map(({ entity }) => stringifyEntityRef(entity)),
      );
      const removed = (await this.#entityRefsOf(name))
        .filter(entityRef => !kept.has(entityRef))
        .map(entityRef => ({ entityRef }));
      await connection.applyMutation({ type: 'delta', added, removed });
      this.#remember(name, added);
    } catch (error) {
      this.#changed.add(name);
      throw error;
    }
  }

  /** What a repository declares now; nothing where it is gone, `undefined` where its file is broken. */
  async #readOne(
    name: string,
    token: string,
  ): Promise<DeferredEntity[] | undefined> {
    try {
      const repository = await this.#platform.getRepository(name, { token });
      return await this.#reader.read(
        repository,
        other => this.#isRepository(other, token),
        { token },
      );
    } catch (error) {
      if (isNotFound(error)) {
        return [];
      }
      throw error;
    }
  }

  async #isRepository(name: string, token: string): Promise<boolean> {
    try {
      await this.#platform.getRepository(name, { token });
      return true;
    } catch (error) {
      if (isNotFound(error)) {
        return false;
      }
      throw error;
    }
  }

  /** What the catalog has of a repository, also from other backends and from before this one started. */
  async #entityRefsOf(name: string): Promise<string[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: { [`metadata.annotations.${REPOSITORY_ANNOTATION}`]: name },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const refs = items.map(entity => stringifyEntityRef(entity));
    return [...new Set([...refs, ...(this.#provided.get(name) ?? [])])];
  }

  #remember(name: string, entities: DeferredEntity[]): void {
    this.#provided.set(
      name,
      entities.map(({ entity }) => stringifyEntityRef(entity)),
    );
  }

  async #token(): Promise<string> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'platform',
    });
    return token;
  }
}
