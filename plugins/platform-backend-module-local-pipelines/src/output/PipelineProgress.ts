import type { JobLogLine, PipelineJob } from '@slipway/plugin-platform-common';
import { stripVTControlCharacters } from 'node:util';

const MAXIMUM_LINES = 10_000;
const MAXIMUM_BYTES = 2 * 1024 * 1024;
const CUT =
  'The rest of the output is cut: a job shows its first 10,000 lines, or 2 MB.';

/** What gitlab-ci-local prints before a command, where the line before did not end. */
const PROMPT = '<gclShellPromptPlaceholder>';

const STARTING = /^(.+) starting shell \((.+)\)$/;
const FINISHED = /^finished in \S.*?(?:\s+(FAIL|WARN) (\d+)\s*)?$/;

interface Log {
  printed: number;
  bytes: number;
  cut: boolean;
  fresh: JobLogLine[];
}

/**
 * What a pipeline did so far, read from what gitlab-ci-local prints. Every line of a job is prefixed with the job's
 * name and a mark (`>` for what it printed, `$` for a command), so that no job can pose as another or as
 * gitlab-ci-local.
 */
export class PipelineProgress {
  readonly #jobs = new Map<string, PipelineJob>();
  readonly #notes: string[];
  readonly #logs = new Map<string, Log>();
  /** What gitlab-ci-local itself had to say. */
  readonly remarks: string[] = [];
  #changed = false;
  #broken: PipelineJob | undefined;

  /** The notes are the first lines of each job's log. */
  constructor(jobs: PipelineJob[], notes: string[] = []) {
    this.#notes = notes;
    this.expect(jobs);
  }

  /** The job that made the pipeline fail: the first that ended in red. */
  get broken(): PipelineJob | undefined {
    return this.#broken;
  }

  get jobs(): PipelineJob[] {
    return [...this.#jobs.values()].map(job => ({ ...job }));
  }

  /** The jobs that are to come, as far as they are known. */
  expect(jobs: PipelineJob[]): void {
    const known = new Map(this.#jobs);
    this.#jobs.clear();
    for (const job of jobs) {
      this.#jobs.set(job.name, known.get(job.name) ?? job);
    }
    known.forEach((job, name) => {
      if (job.state !== 'pending') {
        this.#jobs.set(name, job);
      }
    });
    this.#changed = true;
  }

  /** Takes one line of the supervisor's output: the time in milliseconds, and what was printed. */
  read(line: string): void {
    const space = line.indexOf(' ');
    const at = Number(line.slice(0, space));
    // Some tools rewrite their line; what counts is what was left standing.
    const text = stripVTControlCharacters(line.slice(space + 1))
      .replace(/\r+$/, '')
      .replace(/^.*\r/, '');
    const job = this.#jobOf(text);
    if (job && this.#readJobLine(job, text.slice(job.name.length + 1), at)) {
      return;
    }
    const starting = STARTING.exec(text);
    if (starting && Number.isFinite(at)) {
      this.#start(starting[1].trimEnd(), starting[2], at);
    } else if (text.trim()) {
      this.remarks.push(text);
    }
  }

  /** Jobs whose state changed since the last call, all of them, or none. */
  takeJobs(): PipelineJob[] | undefined {
    const changed = this.#changed;
    this.#changed = false;
    return changed ? this.jobs : undefined;
  }

  /** What was printed since the last call. */
  takeLines(): { job: string; lines: JobLogLine[] }[] {
    return [...this.#logs]
      .map(([job, log]) => {
        const lines = log.fresh;
        log.fresh = [];
        return { job, lines };
      })
      .filter(({ lines }) => lines.length > 0);
  }

  /** No job runs any more. */
  end(running: 'failed' | 'cancelled', at: number): void {
    for (const job of this.#jobs.values()) {
      if (job.state === 'running') {
        job.state = running;
        job.endedAt = new Date(at).toISOString();
      } else if (job.state === 'pending') {
        job.state = running === 'cancelled' ? 'cancelled' : 'skipped';
      }
    }
    this.#changed = true;
  }

  #jobOf(text: string): PipelineJob | undefined {
    let found: PipelineJob | undefined;
    for (const job of this.#jobs.values()) {
      if (
        job.state !== 'pending' &&
        text.startsWith(`${job.name} `) &&
        job.name.length > (found?.name.length ?? -1)
      ) {
        found = job;
      }
    }
    return found;
  }

  #readJobLine(job: PipelineJob, text: string, at: number): boolean {
    if (text.startsWith('> ') || text === '>') {
      text
        .slice(2)
        .split(PROMPT)
        .forEach((part, index) => {
          if (index > 0) {
            this.#print(job.name, `$${part}`);
          } else if (part || !text.includes(PROMPT)) {
            this.#print(job.name, part);
          }
        });
      return true;
    }
    if (text.startsWith('starting shell (')) {
      return false;
    }
    // That an after_script failed changes nothing, and is said in the log.
    const finished = text.endsWith(' after_script')
      ? undefined
      : FINISHED.exec(text);
    if (!finished) {
      this.#print(job.name, text);
    } else {
      const exitCode = Number(finished[2] ?? 0);
      job.exitCode = exitCode;
      job.state = exitCode === 0 ? 'succeeded' : 'failed';
      job.endedAt = new Date(at).toISOString();
      this.#changed = true;
      if (finished[1] === 'FAIL') {
        this.#broken ??= job;
      }
    }
    return true;
  }

  #start(name: string, stage: string, at: number): void {
    const job: PipelineJob = {
      ...(this.#jobs.get(name) ?? { name }),
      stage,
      state: 'running',
      startedAt: new Date(at).toISOString(),
    };
    if (this.#jobs.has(name)) {
      this.#jobs.set(name, job);
    } else {
      this.#insert(job);
    }
    this.#changed = true;
    this.#notes.forEach(note => this.#print(name, note));
  }

  /** A job of `parallel` stands where the job of the definition stood. */
  #insert(job: PipelineJob): void {
    const jobs = [...this.#jobs.values()];
    const base = baseNameOf(job.name);
    const last = jobs.findLastIndex(({ name }) => baseNameOf(name) === base);
    jobs.splice(last < 0 ? jobs.length : last + 1, 0, job);
    this.#jobs.clear();
    for (const one of jobs) {
      if (one.name !== base || one.state !== 'pending') {
        this.#jobs.set(one.name, one);
      }
    }
  }

  #print(job: string, text: string): void {
    const log = this.#logs.get(job) ?? {
      printed: 0,
      bytes: 0,
      cut: false,
      fresh: [],
    };
    this.#logs.set(job, log);
    if (log.cut) {
      return;
    }
    const bytes = Buffer.byteLength(text) + 1;
    log.cut = log.printed >= MAXIMUM_LINES || log.bytes + bytes > MAXIMUM_BYTES;
    log.bytes += bytes;
    log.printed += 1;
    log.fresh.push({ sequence: log.printed, text: log.cut ? CUT : text });
  }
}

/** The name in the definition, of which `parallel` makes `name: [1/2]` or `name: [value]`. */
export function baseNameOf(job: string): string {
  return job.replace(/: \[.*\]$/, '');
}
