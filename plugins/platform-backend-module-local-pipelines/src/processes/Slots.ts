/** Lets a limited number of pipelines run; the others wait in the order in which they came. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes a slot without waiting: for what runs already. */
  take(): () => void {
    this.#free -= 1;
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.#free += 1;
        if (this.#free > 0) {
          this.#waiting.shift()?.();
        }
      }
    };
  }

  /** Waits for a slot; answers how to give it back, or `undefined` once the signal aborts. */
  async wait(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) {
      return undefined;
    }
    if (this.#free > 0) {
      return this.take();
    }
    let start = () => {};
    let abort = () => {};
    const isTurn = await new Promise<boolean>(resolve => {
      start = () => resolve(true);
      abort = () => resolve(false);
      this.#waiting.push(start);
      signal.addEventListener('abort', abort, { once: true });
    });
    signal.removeEventListener('abort', abort);
    if (isTurn) {
      return this.take();
    }
    this.#waiting.splice(this.#waiting.indexOf(start), 1);
    return undefined;
  }
}
