import type { LoggerService } from '@backstage/backend-plugin-api';
import type { HistorySource } from '@slipway/plugin-ownership-node';
import type { HistoryStore } from './HistoryStore';

/** How many changes are asked for at a time. */
const BATCH = 500;
/** What was told within this time is asked for again, in milliseconds: what began first may end last. */
const OVERLAP_MS = 5 * 60_000;

/** Takes over what others know of the history of entities, so that it is kept when these are gone. */
export class SourcedHistory {
  readonly #history: Pick<HistoryStore, 'addSourced' | 'newestSourced'>;
  readonly #source: HistorySource | undefined;
  readonly #logger: LoggerService;
  readonly #onChange: () => void;

  /** @param options - `onChange`: something was added */
  constructor(options: {
    history: Pick<HistoryStore, 'addSourced' | 'newestSourced'>;
    source: HistorySource | undefined;
    logger: LoggerService;
    onChange: () => void;
  }) {
    this.#history = options.history;
    this.#source = options.source;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
  }

  /** Asks for what is new. What fails is logged, and asked for by a later call. */
  async look(): Promise<void> {
    try {
      if (this.#source && (await this.#takeOver(this.#source)) > 0) {
        this.#onChange();
      }
    } catch (error) {
      this.#logger.warn(`Nobody says what happened to services: ${error}`);
    }
  }

  async #takeOver(source: HistorySource): Promise<number> {
    const newest = await this.#history.newestSourced();
    let after: { at?: string; key?: string } = newest
      ? { at: new Date(newest.getTime() - OVERLAP_MS).toISOString() }
      : {};
    let added = 0;
    for (;;) {
      const changes = await source.changes(after, BATCH);
      added += await this.#history.addSourced(changes);
      const last = changes.at(-1);
      if (!last || changes.length < BATCH) {
        return added;
      }
      after = { at: last.at, key: last.key };
    }
  }
}
