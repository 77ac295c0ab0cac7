import type { Pipeline } from '@slipway/plugin-platform-common';
import type { PlatformAccess } from '../PlatformAccess';
import { LogTail } from './LogTail';

/** Prints what the jobs of a pipeline print, in the order in which it is found. */
export class JobLogs {
  readonly #access: PlatformAccess;
  readonly #print: (job: string, text: string) => void;
  readonly #printedUpTo = new Map<string, number>();
  readonly #tails = new Map<string, LogTail>();
  #pipeline?: Pipeline;
  #work: Promise<void> = Promise.resolve();
  #pending = false;

  constructor(
    access: PlatformAccess,
    print: (job: string, text: string) => void,
  ) {
    this.#access = access;
    this.#print = print;
  }

  /** Looks for new lines in the background; asked again before it began, it looks once. */
  update(pipeline = this.#pipeline): void {
    this.#pipeline = pipeline;
    if (this.#pending) {
      return;
    }
    this.#pending = true;
    this.#work = this.#work.then(async () => {
      this.#pending = false;
      await this.#printNew();
    });
  }

  /** Resolves when all that was asked for is printed. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** The last lines of a job. */
  tail(job: string): string {
    return this.#tails.get(job)?.toString() ?? '';
  }

  async #printNew(): Promise<void> {
    for (const { name, state } of this.#pipeline?.jobs ?? []) {
      if (state !== 'pending' && state !== 'skipped') {
        await this.#printJob(name).catch(() => {
          // The next look makes up for it; a log that can't be read must not end the wait for what it tells of.
        });
      }
    }
  }

  async #printJob(job: string): Promise<void> {
    const { platform } = this.#access;
    const pipelineId = this.#pipeline?.id ?? '';
    for (;;) {
      const after = this.#printedUpTo.get(job) ?? 0;
      const options = await this.#access.requestOptions();
      const { lines } = await platform.getJobLog(
        pipelineId,
        job,
        after,
        options,
      );
      if (lines.length === 0) {
        return;
      }
      const tail = this.#tails.get(job) ?? new LogTail();
      this.#tails.set(job, tail);
      for (const { sequence, text } of lines) {
        this.#printedUpTo.set(job, sequence);
        tail.add(text);
        this.#print(job, text);
      }
    }
  }
}
