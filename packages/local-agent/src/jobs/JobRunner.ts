import { appendFileSync } from 'node:fs';
import type { JobRun } from '@slipway/plugin-platform-common';
import { AgentError } from '../AgentError';
import type { InstanceLog } from '../logs/InstanceLog';
import type { ManagedProcess } from '../processes/ManagedProcess';
import type { InstanceProcess } from '../workloads/InstanceProcess';
import type { WorkloadEnvironment } from '../workloads/types';
import { endOf, formatDuration, type RunEnd, withRun } from './JobRuns';
import type { JobInstanceRecord } from './types';

/** Runs the process of a job, never two at once, and keeps how each run ended. */
export class JobRunner {
  readonly #record: JobInstanceRecord;
  readonly #process: InstanceProcess;
  readonly #log: InstanceLog;
  readonly #environment: WorkloadEnvironment;
  readonly #isBusyElsewhere: () => boolean;
  readonly #changed: () => void;
  /** The run that goes on, and what resolves when it is over. */
  #current: { run: JobRun; over: Promise<void> } | undefined;
  /** Why it is being stopped. */
  #stopping: string | undefined;

  constructor(options: {
    record: JobInstanceRecord;
    process: InstanceProcess;
    log: InstanceLog;
    environment: WorkloadEnvironment;
    isBusyElsewhere(): boolean;
    changed(): void;
  }) {
    this.#record = options.record;
    this.#process = options.process;
    this.#log = options.log;
    this.#environment = options.environment;
    this.#isBusyElsewhere = options.isBusyElsewhere;
    this.#changed = options.changed;
  }

  /** Its time has come: begins a run, unless one still goes on. */
  due(at: Date): void {
    const dueAt = at.toISOString();
    const current = this.#current?.run;
    if (current) {
      current.skipped = (current.skipped ?? 0) + 1;
    }
    if (current || this.#isBusyElsewhere()) {
      this.#say('warn', 'skipped, because the last run still goes on', {
        due: dueAt,
      });
      this.#environment.note();
      this.#changed();
      return;
    }
    const run: JobRun = {
      releaseId: this.#record.spec.releaseId,
      dueAt,
      startedAt: new Date().toISOString(),
    };
    const { job } = this.#record;
    job.runs = withRun(job.runs, run);
    this.#say('info', 'run started', { due: dueAt });
    this.#follow(run, this.#run(run));
    this.#changed();
  }

  /** Goes on with the run that an earlier agent began; one that is gone ended unseen. */
  resume(isAdopted: boolean): void {
    const run = this.#record.job.runs.find(({ endedAt }) => !endedAt);
    const process = this.#process.current;
    if (isAdopted && run && process) {
      this.#follow(run, this.#watch(run, process));
      return;
    }
    this.#process.forget();
    if (run) {
      this.#ended(run, endOf({}));
    }
  }

  /** Resolves when no run goes on. */
  async idle(): Promise<void> {
    await this.#current?.over;
  }

  /** Ends the run that goes on, if any, and answers it. */
  async stop(why: string): Promise<JobRun | undefined> {
    const current = this.#current;
    this.#stopping = why;
    await this.#process.end(this.#record.spec.gracePeriodMs);
    await current?.over;
    return current?.run;
  }

  #follow(run: JobRun, over: Promise<void>): void {
    const current = { run, over };
    this.#current = current;
    current.over = over
      .catch(error => {
        const message =
          error instanceof AgentError ? error.message : String(error);
        this.#ended(run, {
          outcome: this.#stopping ? 'stopped' : 'failed',
          message: `could not be started: ${message}`,
        });
      })
      .finally(() => {
        this.#current = undefined;
      });
  }

  async #run(run: JobRun): Promise<void> {
    const process = await this.#process.launchJob();
    if (this.#stopping) {
      await this.#process.end(0);
    }
    await this.#watch(run, process);
  }

  async #watch(run: JobRun, process: ManagedProcess): Promise<void> {
    const { gracePeriodMs, work } = this.#record.spec;
    const spentMs = Date.now() - Date.parse(run.startedAt);
    let isTooLong = false;
    const limit = setTimeout(
      () => {
        isTooLong = true;
        process
          .terminate(gracePeriodMs)
          .catch(error => this.#environment.logger.warn(String(error)));
      },
      Math.max(0, work.timeLimitMs - spentMs),
    );
    limit.unref();
    const exit = await process.exited;
    clearTimeout(limit);
    this.#process.forget();
    if (this.#stopping) {
      this.#ended(run, { outcome: 'stopped', message: this.#stopping });
    } else if (isTooLong) {
      this.#ended(run, {
        outcome: 'failed',
        message: `took longer than ${formatDuration(work.timeLimitMs)}, and was stopped`,
      });
    } else {
      this.#ended(run, endOf(exit));
    }
  }

  #ended(run: JobRun, end: RunEnd): void {
    const endedAt = new Date().toISOString();
    const took = Date.parse(endedAt) - Date.parse(run.startedAt);
    const isMeasured =
      end.outcome === 'succeeded' || end.exitCode !== undefined;
    Object.assign(run, {
      ...end,
      endedAt,
      message: isMeasured
        ? `${end.message} after ${formatDuration(took)}`
        : end.message,
    } satisfies Partial<JobRun>);
    this.#say(
      end.outcome === 'failed' ? 'error' : 'info',
      `run ${run.message}`,
      {
        due: run.dueAt,
        ...(run.exitCode !== undefined && { exitCode: run.exitCode }),
      },
    );
    this.#environment.note();
    this.#changed();
  }

  /** Says in the log of the job, between what it prints itself, what the agent did. */
  #say(level: string, msg: string, details: Record<string, unknown>): void {
    const time = new Date().toISOString();
    try {
      appendFileSync(
        this.#log.files.stdout,
        `${JSON.stringify({ time, level, msg, ...details })}\n`,
        { mode: 0o600 },
      );
    } catch (error) {
      this.#environment.logger.warn(
        `The log of ${this.#record.spec.label}: ${String(error)}`,
      );
    }
  }
}
