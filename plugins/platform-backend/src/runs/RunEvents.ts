import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type PlatformSignal,
} from '@slipway/plugin-platform-common';
import type { RunHead } from './store/RunChange';
import { EventEmitter } from 'node:events';

/** How long pages are left alone about a run they were told of, in milliseconds. */
const CALM_MS = 100;

/**
 * Tells those who watch that something changed: pages through signals, and streams of this backend directly.
 * Carries no content, and may be missed: a watcher reads the store, and looks again by itself now and then.
 */
export class RunEvents {
  readonly #signals: Pick<SignalsService, 'publish'>;
  /** Runs that pages were just told of, with what changed since. */
  readonly #latest = new Map<string, RunHead | undefined>();
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  constructor(signals: Pick<SignalsService, 'publish'>) {
    this.#signals = signals;
  }

  /** Streams hear of every change at once; pages at most every {@link CALM_MS} for each run, and always of the last. */
  runChanged(run: RunHead): void {
    this.touched(run.id);
    if (this.#latest.has(run.id)) {
      this.#latest.set(run.id, run);
      return;
    }
    this.#latest.set(run.id, undefined);
    this.#publishRun(run);
    setTimeout(() => {
      const latest = this.#latest.get(run.id);
      this.#latest.delete(run.id);
      if (latest) {
        this.runChanged(latest);
      }
    }, CALM_MS).unref();
  }

  #publishRun(run: RunHead): void {
    this.publish({
      type: 'run',
      runId: run.id,
      kind: run.kind,
      state: run.state,
      service: run.service ?? undefined,
      environment: run.environment ?? undefined,
    });
  }

  /** Something of a run changed that only its own page shows, such as its log. */
  touched(runId: string): void {
    this.#emitter.emit(runId);
  }

  publish(signal: PlatformSignal): void {
    // Nobody listening is no failure, and a page that missed a signal looks again by itself.
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: PLATFORM_SIGNAL_CHANNEL,
        message: { ...signal },
      })
      .catch(() => undefined);
  }

  /** Resolves at the next change of a run, after `milliseconds`, or when the signal aborts. */
  next(
    runId: string,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    const emitter = this.#emitter;
    const over = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
    return new Promise(resolve => {
      function done() {
        emitter.off(runId, done);
        over.removeEventListener('abort', done);
        resolve();
      }
      emitter.on(runId, done);
      over.addEventListener('abort', done);
    });
  }
}
