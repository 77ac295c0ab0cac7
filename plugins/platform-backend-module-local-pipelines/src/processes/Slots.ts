/** Lets a limited number of pipelines run; the others wait in the order in which they came. */
export class Slots {
  /** Below zero while more run than may, because they ran already. */
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes a slot without waiting: for what runs already. Answers how to give it back. */
  take(): () => void {
    this.#free -= 1;
    return this.#hold();
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
      abort = () => {
        const place = this.#waiting.indexOf(start);
        if (place >= 0) {
          this.#waiting.splice(place, 1);
        }
        resolve(false);
      };
      this.#waiting.push(start);
      signal.addEventListener('abort', abort, { once: true });
    });
    signal.removeEventListener('abort', abort);
    return isTurn ? this.#hold() : undefined;
  }

  #hold(): () => void {
    let isHeld = true;
    return () => {
      if (!isHeld) {
        return;
      }
      isHeld = false;
      // Handed over directly, nobody can slip in between.
      const next = this.#free < 0 ? undefined : this.#waiting.shift();
      if (next) {
        next();
      } else {
        this.#free += 1;
      }
    };
  }
}
