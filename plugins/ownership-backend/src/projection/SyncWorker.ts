import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogSync } from './CatalogSync';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

type Looks = Pick<
  CatalogSync,
  'sync' | 'syncAll' | 'syncMissed' | 'syncRotations'
>;

type Work = (sync: Looks, signal: AbortSignal) => Promise<boolean>;

/**
 * Does one look at the catalog after the other, so that an older one never overwrites a newer one. What fails is tried again, ever
 * more slowly: the catalog may come up later. What comes while it works is looked at together.
 */
export class SyncWorker {
  readonly #sync: Looks;
  readonly #logger: LoggerService;
  readonly #onChange: () => void;
  readonly #stopped = new AbortController();
  /** Changed references, by who changed them. */
  readonly #changed = new Map<string | undefined, Set<string>>();
  #last: Promise<void> = Promise.resolve();
  #isFlushing = false;
  #isAllQueued = false;
  #isMissedQueued = false;

  /** @param options - `onChange`: something was written */
  constructor(options: {
    sync: Looks;
    logger: LoggerService;
    onChange: () => void;
  }) {
    this.#sync = options.sync;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
  }

  /** Looks at everything; resolves when that is done. */
  all(): Promise<void> {
    if (this.#isAllQueued) {
      return this.#last;
    }
    this.#isAllQueued = true;
    return this.#queue((sync, signal) => {
      this.#isAllQueued = false;
      return sync.syncAll(signal);
    });
  }

  /** Looks at what came or went unsaid, and at the files of rotations. */
  missed(): Promise<void> {
    if (this.#isMissedQueued) {
      return this.#last;
    }
    this.#isMissedQueued = true;
    void this.#queue(sync => {
      this.#isMissedQueued = false;
      return sync.syncMissed();
    });
    return this.#queue(sync => sync.syncRotations());
  }

  /** Looks at these; resolves when that is done. */
  some(refs: readonly string[], actor?: string): Promise<void> {
    const known = this.#changed.get(actor) ?? new Set();
    refs.forEach(ref => known.add(ref));
    this.#changed.set(actor, known);
    if (this.#isFlushing) {
      return this.#last;
    }
    this.#isFlushing = true;
    return this.#queue(async sync => {
      this.#isFlushing = false;
      return this.#flush(sync);
    });
  }

  /** Ends all work. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#last;
  }

  async #flush(sync: Looks): Promise<boolean> {
    let hasChanged = false;
    for (const [actor, refs] of [...this.#changed]) {
      this.#changed.delete(actor);
      try {
        hasChanged = (await sync.sync([...refs], actor)) || hasChanged;
      } catch (error) {
        const since = this.#changed.get(actor) ?? [];
        this.#changed.set(actor, new Set([...refs, ...since]));
        throw error;
      }
    }
    return hasChanged;
  }

  #queue(work: Work): Promise<void> {
    this.#last = this.#last.then(() => this.#insist(work));
    return this.#last;
  }

  async #insist(work: Work): Promise<void> {
    const { signal } = this.#stopped;
    let wait = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        if (await work(this.#sync, signal)) {
          this.#onChange();
        }
        return;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.#logger.warn(
          `Ownership could not read the catalog and tries again in ${wait} ms`,
          error as Error,
        );
        await delay(wait, undefined, { signal, ref: false }).catch(
          () => undefined,
        );
        wait = Math.min(wait * 2, LAST_RETRY_MS);
      }
    }
  }
}
