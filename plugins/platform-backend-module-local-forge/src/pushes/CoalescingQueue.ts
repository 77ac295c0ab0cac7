/**
 * Runs tasks of one key one after the other. A task that has to wait is shared by all who ask meanwhile, so
 * whoever asks gets the result of a task that began after they asked.
 */
export class CoalescingQueue<T> {
  readonly #running = new Map<string, Promise<T>>();
  readonly #waiting = new Map<string, Promise<T>>();

  run(key: string, task: () => Promise<T>): Promise<T> {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      return waiting;
    }
    const running = this.#running.get(key);
    if (!running) {
      return this.#start(key, task);
    }
    const start = () => {
      this.#waiting.delete(key);
      return this.#start(key, task);
    };
    const next = running.then(start, start);
    this.#waiting.set(key, next);
    return next;
  }

  /** Resolves when everything that was asked for has ended. */
  async settled(): Promise<void> {
    while (this.#running.size + this.#waiting.size > 0) {
      await Promise.allSettled([
        ...this.#running.values(),
        ...this.#waiting.values(),
      ]);
    }
  }

  #start(key: string, task: () => Promise<T>): Promise<T> {
    const promise = task().finally(() => this.#running.delete(key));
    this.#running.set(key, promise);
    return promise;
  }
}
