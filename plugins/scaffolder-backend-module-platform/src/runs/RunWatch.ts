import type { EventsService } from '@backstage/plugin-events-node';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type PlatformSignal,
} from '@slipway/plugin-platform-common';
import { EventEmitter } from 'node:events';

/** The topic on which Backstage's signals service hands signals to whoever delivers them. */
const SIGNALS_TOPIC = 'signals';

/**
 * Knows when a run may have changed, for any number of tasks that wait: one subscription for all of them, and nothing per task but
 * an entry in a map. Signals come from every backend that shares an event bus; without one, whoever waits has to look
 * by themselves now and then.
 */
export class RunWatch {
  readonly #changes = new EventEmitter().setMaxListeners(0);

  static async create(events: EventsService): Promise<RunWatch> {
    const watch = new RunWatch();
    await events.subscribe({
      id: 'scaffolder-waits-for-runs',
      topics: [SIGNALS_TOPIC],
      onEvent: async ({ eventPayload }) => watch.#signalled(eventPayload),
    });
    return watch;
  }

  /** Resolves at the next change of a run, after `milliseconds`, or when the signal aborts. */
  next(
    runId: string,
    milliseconds: number,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(done, milliseconds);
      const changes = this.#changes;
      function done() {
        clearTimeout(timer);
        changes.off(runId, done);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      changes.on(runId, done);
      signal?.addEventListener('abort', done);
      if (signal?.aborted) {
        done();
      }
    });
  }

  #signalled(payload: unknown): void {
    const { channel, message } = (payload ?? {}) as {
      channel?: string;
      message?: PlatformSignal;
    };
    if (channel === PLATFORM_SIGNAL_CHANNEL && message?.type === 'run') {
      this.#changes.emit(message.runId);
    }
  }
}
