import type { Knex } from 'knex';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyAttemptsError } from './TooManyAttemptsError';

/** The first wait; each further failure doubles it. */
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 15 * 60;

/** After how long failures are forgotten. */
const MEMORY_SECONDS = 24 * 60 * 60;

/** Counts what happens under a key, and makes it wait longer and longer once it happened too often. */
export class AttemptCounter {
  readonly #attempts: RateLimiterPostgres;
  readonly #waits: RateLimiterPostgres;
  readonly #free: number;
  readonly #turns = new Map<string, Promise<void>>();

  constructor(knex: Knex, keyPrefix: string, free: number) {
    const store = {
      storeClient: knex,
      storeType: 'knex',
      tableName: 'local_attempts',
      tableCreated: true,
    };
    this.#free = free;
    this.#attempts = new RateLimiterPostgres({
      ...store,
      keyPrefix: `${keyPrefix}-attempts`,
      points: free,
      duration: MEMORY_SECONDS,
    });
    this.#waits = new RateLimiterPostgres({
      ...store,
      keyPrefix: `${keyPrefix}-waits`,
      points: 1,
      duration: FIRST_WAIT_SECONDS,
    });
  }

  /**
   * Counts one, or throws `TooManyAttemptsError`. Those of one key take turns, so that a burst waits as long as the
   * same attempts one after the other.
   */
  async add(key: string): Promise<void> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(() => this.#add(key));
    const done = turn.catch(() => undefined);
    this.#turns.set(key, done);
    try {
      await turn;
    } finally {
      if (this.#turns.get(key) === done) {
        this.#turns.delete(key);
      }
    }
  }

  async #add(key: string): Promise<void> {
    const wait = await this.#waits.get(key);
    if (wait && wait.msBeforeNext > 0) {
      throw tooManyAttempts(wait);
    }
    const { consumedPoints } = await this.#attempts.penalty(key);
    if (consumedPoints >= this.#free) {
      await this.#startWait(key, consumedPoints - this.#free);
    }
  }

  /** Undoes one {@link AttemptCounter.add} and the wait it may have started. */
  async takeBack(key: string): Promise<void> {
    await this.#attempts.reward(key);
    await this.#waits.delete(key);
  }

  async forget(key: string): Promise<void> {
    await this.#attempts.delete(key);
    await this.#waits.delete(key);
  }

  /** Of several backends that count at once, one starts the wait and may go on; the others have to wait. */
  async #startWait(key: string, excess: number): Promise<void> {
    const customDuration = Math.min(
      FIRST_WAIT_SECONDS * 2 ** excess,
      LONGEST_WAIT_SECONDS,
    );
    try {
      await this.#waits.consume(key, 1, { customDuration });
    } catch (error) {
      if (error instanceof RateLimiterRes) {
        await this.#attempts.reward(key);
        throw tooManyAttempts(error);
      }
      throw error;
    }
  }
}

function tooManyAttempts(wait: RateLimiterRes): TooManyAttemptsError {
  return new TooManyAttemptsError(Math.ceil(wait.msBeforeNext / 1000));
}
