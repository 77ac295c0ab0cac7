import { isDeepStrictEqual } from 'node:util';

/** Tells a change only once it was seen twice: what is still being written looks different each time. */
export class Settling<T> {
  #told: T;
  #seen: T;

  /** @param known - what needs no telling */
  constructor(known: T) {
    this.#told = known;
    this.#seen = known;
  }

  /** Whether nothing is waiting to be seen once more. */
  get isSettled(): boolean {
    return isDeepStrictEqual(this.#seen, this.#told);
  }

  /** Answers what is to be told, if anything. */
  see(now: T): T | undefined {
    const isSame = isDeepStrictEqual(now, this.#seen);
    this.#seen = now;
    if (!isSame || this.isSettled) {
      return undefined;
    }
    this.#told = now;
    return now;
  }
}
