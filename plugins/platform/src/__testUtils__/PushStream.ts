type Step<T> = { value: T } | { error: Error } | { done: true };

class Inbox<T> {
  readonly #items: T[] = [];
  #wake: () => void = () => undefined;

  put(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  async take(): Promise<T> {
    while (this.#items.length === 0) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    return this.#items.splice(0, 1)[0];
  }
}

/** A stream that a test feeds by hand; each reader gets what is pushed from then on. */
export class PushStream<T> {
  readonly #readers = new Set<(step: Step<T>) => void>();
  #opened = 0;

  /** How often it was opened. */
  get opened(): number {
    return this.#opened;
  }

  async *open(signal?: AbortSignal): AsyncIterable<T> {
    const inbox = new Inbox<Step<T>>();
    const reader = (step: Step<T>) => inbox.put(step);
    this.#opened += 1;
    this.#readers.add(reader);
    signal?.addEventListener('abort', () => reader({ done: true }));
    try {
      for (;;) {
        const step = await inbox.take();
        if ('error' in step) {
          throw step.error;
        } else if ('done' in step) {
          return;
        }
        yield step.value;
      }
    } finally {
      this.#readers.delete(reader);
    }
  }

  push(...values: T[]): void {
    for (const value of values) {
      this.#send({ value });
    }
  }

  /** Breaks the connection of everyone who reads. */
  fail(error: Error): void {
    this.#send({ error });
  }

  #send(step: Step<T>): void {
    this.#readers.forEach(reader => reader(step));
  }
}
