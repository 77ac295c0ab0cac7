/** How many entities may change within a window until it is rather a whole company that is read in. */
const MOST = 500;
const WINDOW_MS = 10_000;

/** Tells a few changes, which are looked at one by one, from a flood, which is better looked at as a whole once it is over. */
export class ChangeRate {
  #since = 0;
  #count = 0;

  /** Counts changes; answers whether they, and those shortly before, are a flood. */
  isFlood(changes: number): boolean {
    const now = Date.now();
    if (now - this.#since > WINDOW_MS) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += changes;
    return this.#count > MOST;
  }
}
