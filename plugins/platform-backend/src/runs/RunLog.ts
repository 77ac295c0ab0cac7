import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { LogBuffer } from './LogBuffer';
import type { RunEvents } from './RunEvents';
import {
  appendLogLines,
  MAX_LOG_LINES,
  sayHowManyWereLeftOut,
} from './runLogLines';
import type { RunSecrets } from './RunSecrets';

const FLUSH_MS = 100;
/** How long a line is held back that may be the beginning of a secret. */
export const HOLD_MS = 1_000;

interface BufferedRun {
  buffer: LogBuffer;
  writing: Promise<void>;
  timer?: NodeJS.Timeout;
}

/**
 * Collects what steps log and stores it in order and redacted, a batch at a time. Bounded in memory and in the database:
 * a run keeps {@link MAX_LOG_LINES} lines, and says how many were left out.
 */
export class RunLog {
  readonly #knex: Knex;
  readonly #events: RunEvents;
  readonly #logger: LoggerService;
  readonly #secrets: RunSecrets;
  readonly #runs = new Map<string, BufferedRun>();

  constructor(options: {
    knex: Knex;
    events: RunEvents;
    logger: LoggerService;
    secrets: RunSecrets;
  }) {
    this.#knex = options.knex;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#secrets = options.secrets;
  }

  /** Adds what a step logs, which may be several lines; of a progress bar, the last state. */
  add(runId: string, stepId: string, text: string): void {
    let run = this.#runs.get(runId);
    if (!run) {
      run = { buffer: new LogBuffer(), writing: Promise.resolve() };
      this.#runs.set(runId, run);
    }
    run.buffer.add(stepId, text);
    this.#writeSoon(runId, run, FLUSH_MS);
  }

  /** Stores all that was added before the call, also what is held back. */
  async flush(): Promise<void> {
    await Promise.all(
      [...this.#runs].map(([runId, run]) => {
        run.buffer.releaseAll();
        return this.#write(runId, run);
      }),
    );
  }

  /** Stores all that a step has logged; nothing more will come from it. */
  async endStep(runId: string, stepId: string): Promise<void> {
    const run = this.#runs.get(runId);
    if (!run) {
      return;
    }
    run.buffer.release(stepId);
    await this.#write(runId, run);
    if (run.buffer.total > MAX_LOG_LINES) {
      await this.#quietly(runId, () =>
        sayHowManyWereLeftOut(this.#knex, runId, stepId),
      );
      this.#events.touched(runId);
    }
  }

  /** Forgets a run that has ended, once all it has logged is stored. */
  forget(runId: string): void {
    const run = this.#runs.get(runId);
    if (run) {
      run.buffer.releaseAll();
      this.#write(runId, run);
    }
  }

  #writeSoon(runId: string, run: BufferedRun, milliseconds: number): void {
    run.timer ??= setTimeout(
      () => this.#write(runId, run),
      milliseconds,
    ).unref();
  }

  #write(runId: string, run: BufferedRun): Promise<void> {
    clearTimeout(run.timer);
    run.timer = undefined;
    run.writing = run.writing.then(() => this.#writeAll(runId, run));
    return run.writing;
  }

  async #writeAll(runId: string, run: BufferedRun): Promise<void> {
    const { buffer } = run;
    let stored = true;
    while (stored && buffer.due(HOLD_MS)) {
      stored = await this.#quietly(runId, async () => {
        const total = await appendLogLines(
          this.#knex,
          runId,
          this.#secrets,
          redactor => buffer.take(redactor, HOLD_MS),
        );
        buffer.total = total ?? Infinity;
      });
      this.#events.touched(runId);
    }
    if (!stored || buffer.holding) {
      this.#writeSoon(runId, run, HOLD_MS);
    }
    if (buffer.idle && this.#runs.get(runId) === run) {
      clearTimeout(run.timer);
      this.#runs.delete(runId);
    }
  }

  async #quietly(runId: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#logger.warn(
        `Log lines of run ${runId} could not be stored yet: ${error}`,
      );
      return false;
    }
  }
}
