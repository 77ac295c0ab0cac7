import { setImmediate as breathe } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  type Import,
  OWNERSHIP_IMPORTS_TOPIC,
  type OwnershipDirectory,
} from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';
import { DraftChecker } from './DraftChecker';
import type { Draft } from './drafts';
import type { ImportedEntityStore } from './ImportedEntityStore';
import type { ImportStore } from './ImportStore';

/** How many rows are checked, or written, at a time. */
const BATCH = 1_000;
/** The most rows of an import. */
const MOST_ROWS = 500_000;

/**
 * Checks what is to join the catalog, and writes it once somebody says so. What is written of an import is marked in the same transaction, so that any
 * backend goes on with it, and nothing is written twice.
 */
export class ImportService {
  readonly #knex: Knex;
  readonly #store: ImportStore;
  readonly #entities: ImportedEntityStore;
  readonly #directory: () => Promise<OwnershipDirectory>;
  readonly #events: Pick<EventsService, 'publish'>;
  readonly #logger: LoggerService;
  readonly #onChange: () => void;
  readonly #portalUrl: string;
  #writing: Promise<void> | undefined;
  #isWanted = false;

  /** @param options - `directory`: who there is. `onChange`: an import is further. `portalUrl`: without a slash at its end */
  constructor(options: {
    knex: Knex;
    store: ImportStore;
    entities: ImportedEntityStore;
    directory: () => Promise<OwnershipDirectory>;
    events: Pick<EventsService, 'publish'>;
    logger: LoggerService;
    onChange: () => void;
    portalUrl: string;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#entities = options.entities;
    this.#directory = options.directory;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    this.#portalUrl = options.portalUrl;
  }

  /** Who there is. */
  directory(): Promise<OwnershipDirectory> {
    return this.#directory();
  }

  /** Checks everything, and writes nothing to the catalog. Throws `InputError` where it can't be read at all; then nothing is left of it. */
  async check(
    about: Pick<Import, 'name' | 'source' | 'createdBy'>,
    drafts: AsyncIterable<Draft> | Iterable<Draft>,
  ): Promise<Import> {
    const checker = new DraftChecker({
      entities: this.#entities,
      directory: await this.#directory(),
    });
    const id = await this.#store.begin(about);
    try {
      let count = 0;
      for await (const batch of inBatches(drafts)) {
        count += batch.length;
        if (count > MOST_ROWS) {
          throw new InputError(
            `It has more than ${MOST_ROWS.toLocaleString('en-US')} rows. Split it.`,
          );
        }
        await this.#store.addRows(id, await checker.check(batch));
        // Others want to be answered meanwhile.
        await breathe();
      }
      if (count === 0) {
        throw new InputError(
          'There is nothing in it. Add a row for each service.',
        );
      }
      await this.#store.checked(id);
    } catch (error) {
      await this.#store.drop(id);
      throw error;
    }
    this.#onChange();
    return this.get(id);
  }

  async get(id: string): Promise<Import> {
    const found = await this.#store.find(id);
    if (!found) {
      throw new NotFoundError(
        `There is no import ${id}. Look for it in the list of imports.`,
      );
    }
    return found;
  }

  async apply(id: string, by: string): Promise<Import> {
    const { counts } = await this.get(id);
    if (counts.new + counts.changed === 0) {
      throw new ConflictError(
        'There is nothing to write: no row is new or changed. Mend the file, and import it again.',
      );
    }
    const change = { state: 'applying', applied_by: by } as const;
    if (!(await this.#store.advance(this.#knex, id, 'checked', change))) {
      throw await this.#wrongState(id);
    }
    void this.resume();
    return this.get(id);
  }

  /** What it changed of what was there before stays as it is. */
  async remove(id: string): Promise<Import> {
    await this.get(id);
    const change = { state: 'removed', ended_at: new Date() } as const;
    await this.#knex.transaction(async trx => {
      if (!(await this.#store.advance(trx, id, 'done', change))) {
        throw await this.#wrongState(id);
      }
      await this.#entities.remove(trx, id);
    });
    await this.#tell();
    return this.get(id);
  }

  /** Goes on with what is being written, and forgets uploads that broke off. What fails is logged, and tried again by a later call. */
  async resume(): Promise<void> {
    this.#isWanted = true;
    this.#writing ??= this.#writeAll()
      .catch(error =>
        this.#logger.warn(`An import waits, and is tried again: ${error}`),
      )
      .finally(() => {
        this.#writing = undefined;
      });
    return this.#writing;
  }

  /** One that is asked for meanwhile isn't left to a later call. */
  async #writeAll(): Promise<void> {
    await this.#store.dropBroken();
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#write();
    }
  }

  async #write(): Promise<void> {
    for (const id of await this.#store.applying()) {
      while ((await this.#writeBatch(id)) > 0) {
        await this.#tell();
      }
      // Another backend may still write the last rows, and ends it then.
      if (!(await this.#store.isLeft(id))) {
        await this.#store.advance(this.#knex, id, 'applying', {
          state: 'done',
          ended_at: new Date(),
        });
        await this.#tell();
      }
    }
  }

  async #writeBatch(id: string): Promise<number> {
    return this.#knex.transaction(async trx => {
      const rows = await this.#store.take(trx, id, BATCH);
      if (rows.length > 0) {
        const location = `${this.#portalUrl}/ownership/imports/${id}`;
        await this.#entities.write(trx, id, rows, location);
        await this.#store.addWritten(trx, id, rows.length);
      }
      return rows.length;
    });
  }

  async #tell(): Promise<void> {
    this.#onChange();
    await this.#events.publish({
      topic: OWNERSHIP_IMPORTS_TOPIC,
      eventPayload: {},
    });
  }

  async #wrongState(id: string): Promise<ConflictError> {
    const { state } = await this.get(id);
    return new ConflictError(
      `The import is ${state} already. Look at it again.`,
    );
  }
}

async function* inBatches(
  drafts: AsyncIterable<Draft> | Iterable<Draft>,
): AsyncGenerator<Draft[]> {
  let batch: Draft[] = [];
  for await (const draft of drafts) {
    batch.push(draft);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) {
    yield batch;
  }
}
