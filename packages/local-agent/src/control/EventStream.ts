import type { ServerResponse } from 'node:http';

/** Below the five minutes after which Node's fetch gives up on a silent answer, in milliseconds. */
const HEARTBEAT_MS = 15_000;

/** Server-sent events whose data is JSON. */
export class EventStream<T> {
  readonly #response: ServerResponse;
  readonly #abort = new AbortController();

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    response.flushHeaders();
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    response.once('close', () => {
      clearInterval(heartbeat);
      this.#abort.abort();
    });
  }

  /** Aborts when the reader is gone. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  send(event: T): void {
    if (!this.signal.aborted) {
      this.#response.write(`data: ${JSON.stringify(event)}\n\n`);
    }
  }

  /** Resolves when the reader has taken what was sent, so that a slow one doesn't fill the memory. */
  async drained(): Promise<void> {
    if (this.#response.writableNeedDrain && !this.signal.aborted) {
      await new Promise<void>(resolve => {
        this.#response.once('drain', resolve);
        this.#response.once('close', resolve);
      });
    }
  }

  end(): void {
    this.#response.end();
  }
}
