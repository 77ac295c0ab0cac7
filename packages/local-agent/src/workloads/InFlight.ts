import { Waiters } from './Waiters';

/** Counts the requests that are being worked on. */
export class InFlight {
  #count = 0;
  readonly #waiters = new Waiters();

  /** Counts one in; what it returns counts it out, once. */
  enter(): () => void {
    this.#count += 1;
    let left = false;
    return () => {
      if (left) {
        return;
      }
      left = true;
      this.#count -= 1;
      if (this.#count === 0) {
        this.#waiters.wakeAll();
      }
    };
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves when none is left, or when the time is up. */
  async drained(timeoutMs: number): Promise<void> {
    if (this.#count > 0) {
      await this.#waiters.wait(timeoutMs);
    }
  }
}
