import type { Knex } from 'knex';
import { AttemptCounter } from './AttemptCounter';

/** Failed attempts with one user name from one address before there is a wait. */
const FREE_ATTEMPTS_PER_USER = 5;

/** Failed attempts with any name from one address; higher, because an office or a proxy shares one. */
const FREE_ATTEMPTS_PER_ADDRESS = 20;

/** One attempt to sign in, counted as failed until it is known to have succeeded. */
export interface Attempt {
  succeeded(): Promise<void>;
}

/**
 * Makes guessing slow. Attempts are counted in PostgreSQL, so that neither a restart nor a second backend gives
 * anybody more of them, and they are counted before the password is looked at, so that neither do many at once.
 */
export class AttemptThrottle {
  readonly #perUser: AttemptCounter;
  readonly #perAddress: AttemptCounter;

  constructor(knex: Knex) {
    this.#perUser = new AttemptCounter(knex, 'user', FREE_ATTEMPTS_PER_USER);
    this.#perAddress = new AttemptCounter(
      knex,
      'address',
      FREE_ATTEMPTS_PER_ADDRESS,
    );
  }

  /** Throws `TooManyAttemptsError` where the person has to wait first. */
  async begin(userName: string, address: string): Promise<Attempt> {
    const userKey = `${address} ${userName.toLocaleLowerCase('en-US')}`;
    await this.#perUser.add(userKey);
    try {
      await this.#perAddress.add(address);
    } catch (error) {
      await this.#perUser.takeBack(userKey);
      throw error;
    }
    return {
      succeeded: async () => {
        await this.#perUser.forget(userKey);
        await this.#perAddress.takeBack(address);
      },
    };
  }
}
