/** A fixed number of places, given out in the order in which they were asked for. */
export class Slots {
  #free: number;
  readonly #waiting: Array<() => void> = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves when a place is free, with what gives it back; rejects when the signal aborts first. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free <= 0) {
      await new Promise<void>((resolve, reject) => {
        const take = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          this.#waiting.splice(this.#waiting.indexOf(take), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        this.#waiting.push(take);
      });
    } else {
      this.#free -= 1;
    }
    return this.#once();
  }

  /** A place for what runs already, waiting for nobody. */
  join(): () => void {
    this.#free -= 1;
    return this.#once();
  }

  #once(): () => void {
    let held = true;
    return () => {
      if (held) {
        held = false;
        this.#release();
      }
    };
  }

  #release(): void {
    const next = this.#free >= 0 ? this.#waiting.shift() : undefined;
    if (next) {
      next();
    } else {
      this.#free += 1;
    }
  }
}
