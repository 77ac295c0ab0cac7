import type { JobLogLine } from '@slipway/plugin-platform-common';
import { LineRedactor } from '../redaction';
import type { RunSecrets } from '../runs';
import type { PipelineStore } from './PipelineStore';

/** How long a line is held back that may be the beginning of a secret. */
const HOLD_MS = 1_000;

interface PrintingJob {
  lines: LineRedactor<number>;
  /** The last line that was taken. */
  sequence: number;
}

/** Stores what the jobs of a pipeline print, without the secrets of its run. */
export class JobLog {
  readonly #store: PipelineStore;
  readonly #secrets: RunSecrets;
  readonly #pipeline: { id: string; runId: string };
  readonly #jobs = new Map<string, PrintingJob>();
  readonly #printed: () => void;
  #storing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  /** @param options - `printed` is called whenever there is more to read */
  constructor(options: {
    store: PipelineStore;
    secrets: RunSecrets;
    pipeline: { id: string; runId: string };
    printed(): void;
  }) {
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#pipeline = options.pipeline;
    this.#printed = options.printed;
  }

  /** Takes the next lines of a job; those that were taken before are ignored. */
  print(job: string, lines: JobLogLine[]): Promise<void> {
    clearTimeout(this.#timer);
    return this.#next(() => this.#print(job, lines));
  }

  /** Stores what is held back; nothing more will be printed. */
  end(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#next(() => this.#release());
  }

  /** One after the other, so that order is kept. */
  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#storing.then(work);
    this.#storing = done.catch(() => undefined);
    return done;
  }

  async #print(job: string, lines: JobLogLine[]): Promise<void> {
    const redactor = await this.#secrets.redactor(this.#pipeline.runId);
    const printing = this.#jobs.get(job) ?? {
      lines: new LineRedactor<number>(),
      sequence: 0,
    };
    this.#jobs.set(job, printing);
    const told = lines
      .filter(({ sequence }) => sequence > printing.sequence)
      .flatMap(({ text, sequence }) => {
        printing.sequence = sequence;
        return printing.lines.push(redactor, text, sequence);
      });
    await this.#store.appendJobLog(this.#pipeline.id, job, told.map(toLine));
    this.#printed();
    if ([...this.#jobs.values()].some(({ lines: { holding } }) => holding)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.end().catch(() => undefined);
      }, HOLD_MS).unref();
    }
  }

  async #release(): Promise<void> {
    const redactor = await this.#secrets.redactor(this.#pipeline.runId);
    for (const [job, { lines }] of this.#jobs) {
      const told = lines.release(redactor).map(toLine);
      await this.#store.appendJobLog(this.#pipeline.id, job, told);
    }
    this.#printed();
  }
}

function toLine(line: { text: string; about: number }): JobLogLine {
  return { sequence: line.about, text: line.text };
}
