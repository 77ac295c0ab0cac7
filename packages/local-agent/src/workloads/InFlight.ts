/** Counts the requests that a release is working on. */
export class InFlight {
  #count = 0;
  readonly #waiting = new Set<() => void>();

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
        this.#waiting.forEach(resolve => resolve());
      }
    };
  }

  /** Resolves when none is left, or after the time-out, with the number of those that are. */
  async drained(timeoutMs: number): Promise<number> {
    if (this.#count > 0) {
      await new Promise<void>(resolve => {
        const done = () => {
          clearTimeout(timer);
          this.#waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        this.#waiting.add(done);
      });
    }
    return this.#count;
  }
}
