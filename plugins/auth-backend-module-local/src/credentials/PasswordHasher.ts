import { Algorithm, hash, verify, type Options } from '@node-rs/argon2';
import { ServiceUnavailableError } from '@backstage/errors';
import pLimit from 'p-limit';

/**
 * The least that the OWASP Password Storage Cheat Sheet (2024) recommends for argon2id: 19 MiB of memory, two
 * passes, one thread. About 20 ms on a small machine.
 */
const ARGON2ID: Options = {
  // The constant is declared for the type checker only, so its number is written out.
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** Hashing happens on threads that files and DNS need as well; two of the four that Node has are left to them. */
const CONCURRENCY = 2;

/** How many may stand in line: some two seconds of work, after which waiting helps nobody. */
const MAX_PENDING = 200;

/** Hashes and verifies passwords, a few at a time. */
export class PasswordHasher {
  readonly #limit = pLimit(CONCURRENCY);
  #decoy?: Promise<string>;

  /** Throws `ServiceUnavailableError` where too many are waiting. */
  async hash(password: string): Promise<string> {
    return this.#run(() => hash(password, ARGON2ID));
  }

  /**
   * Tells whether the password is the one that was hashed. Without a hash the answer is no, after the same work as
   * with one: how long it takes doesn't tell whether a user exists.
   */
  async verify(hashed: string | undefined, password: string): Promise<boolean> {
    this.#decoy ??= hash('no password verifies against this', ARGON2ID);
    const decoy = await this.#decoy;
    const matches = await this.#run(() => verify(hashed ?? decoy, password));
    return hashed !== undefined && matches;
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#limit.pendingCount >= MAX_PENDING) {
      throw new ServiceUnavailableError(
        'Too many people are signing in at the moment. Try again in a few seconds.',
      );
    }
    return this.#limit(work);
  }
}
