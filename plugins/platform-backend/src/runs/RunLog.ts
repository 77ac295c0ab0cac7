import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunEvents } from './RunEvents';
import type { Knex } from 'knex';
import { appendLogLines } from './runLogLines';
import type { RunSecrets } from './RunSecrets';

/** The most lines a run's log keeps; what comes after is dropped, and the log says so. */
export const MAX_LOG_LINES = 20_000;
/** The longest line kept, in characters. */
export const MAX_LINE_LENGTH = 4_000;
const FLUSH_MS = 100;

interface Line {
  stepId: string;
  at: Date;
  text: string;
}

/**
 * Collects what steps log and stores it in order, a batch at a time. Bounded in memory and in the database.
 */
export class RunLog {
  readonly #knex: Knex;
  readonly #events: RunEvents;
  readonly #logger: LoggerService;
  readonly #waiting = new Map<string, Line[]>();
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: {
    knex: Knex;
    events: RunEvents;
    logger: LoggerService;
    secrets: RunSecrets;
  }) {
    this.#knex = options.knex;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  add(runId: string, stepId: string, text: string): void {
    const lines = this.#waiting.get(runId) ?? [];
    const count = this.#counts.get(runId) ?? 0;
    if (count > MAX_LOG_LINES) {
      return;
    }
    const shown =
      count === MAX_LOG_LINES
        ? `This log is cut here: it has more than ${MAX_LOG_LINES} lines.`
        : text.slice(0, MAX_LINE_LENGTH);
    // PostgreSQL's text has no place for a NUL character.
    lines.push({
      stepId,
      at: new Date(),
      text: shown.replaceAll('\0', '\uFFFD'),
    });
    this.#waiting.set(runId, lines);
    this.#counts.set(runId, count + 1);
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** Stores all that was added before the call. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  /** Stores all that a step has logged. */
  async endStep(runId: string, _stepId: string): Promise<void> {
    if (this.#waiting.has(runId)) {
      await this.flush();
    }
  }

  /** Forgets how many lines a run has logged. */
  forget(runId: string): void {
    this.#counts.delete(runId);
  }

  async #write(): Promise<void> {
    const batches = [...this.#waiting];
    this.#waiting.clear();
    for (const [runId, lines] of batches) {
      try {
        await appendLogLines(this.#knex, runId, lines, MAX_LOG_LINES + 1);
        this.#events.touched(runId);
      } catch (error) {
        this.#logger.warn(
          `${lines.length} log lines of run ${runId} could not be stored: ${error}`,
        );
      }
    }
  }
}
