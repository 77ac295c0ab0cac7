import type { LoggerService } from '@backstage/backend-plugin-api';

/** How long it isn't looked again after everything was found encrypted with the current key, in milliseconds. */
const CALM_MS = 60_000;
const BATCH = 100;

/** What was looked at of what is encrypted. */
export interface ReencryptedBatch {
  /** How many are encrypted with the current key now. */
  done: number;
  /** The id of the last; missing where nothing is left to look at. */
  last: string | undefined;
}

/** Something that is encrypted, and can be encrypted anew. */
export interface EncryptedStore {
  /** What it holds, as people call it: `secrets of resources`. */
  readonly what: string;
  /**
   * Encrypts some with the current key that were encrypted with another that is known, at most so many, in the order of their ids. What
   * can't be read stays as it is. May be stopped at any moment, and done by several backends at a time.
   *
   * @param after - the id to go on from; missing at the beginning
   */
  reencrypt(
    limit: number,
    after: string | undefined,
  ): Promise<ReencryptedBatch>;
}

/**
 * Sees to it that everything is encrypted with the current key: when the backend starts with another, and now and then, since backends that
 * go on with the one before may write with that.
 */
export class Reencryption {
  readonly #stores: readonly EncryptedStore[];
  readonly #logger: LoggerService;
  #notBefore = 0;

  constructor(options: {
    stores: readonly EncryptedStore[];
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    if (Date.now() < this.#notBefore) {
      return;
    }
    for (const store of this.#stores) {
      let all = 0;
      let last: string | undefined;
      do {
        const batch = await store.reencrypt(BATCH, last);
        all += batch.done;
        ({ last } = batch);
      } while (last !== undefined);
      if (all > 0) {
        this.#logger.info(
          `Encrypted ${all} ${store.what} with the current key.`,
        );
      }
    }
    this.#notBefore = Date.now() + CALM_MS;
  }
}
