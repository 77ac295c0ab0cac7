/** Those who wait for the same thing, each with their own patience. */
export class Waiters {
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();

  /** Resolves when woken, or when the time is up. */
  wait(timeoutMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(() => this.#wake(timer, resolve), timeoutMs);
      this.#waiting.set(timer, resolve);
    });
  }

  wakeAll(): void {
    this.#waiting.forEach((resolve, timer) => this.#wake(timer, resolve));
  }

  #wake(timer: NodeJS.Timeout, resolve: () => void): void {
    clearTimeout(timer);
    this.#waiting.delete(timer);
    resolve();
  }
}
