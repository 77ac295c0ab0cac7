import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobStatus } from '@slipway/plugin-platform-common';
import type { ReleaseFile } from '@slipway/plugin-platform-node';
import { AgentError } from '../AgentError';
import { unpackArtifact } from '../artifacts/unpackArtifact';
import { InstanceLog } from '../logs/InstanceLog';
import { InstanceMounts } from '../mounts/InstanceMounts';
import type { Instance, InstanceHealth } from '../workloads/Instance';
import { InstanceProcess } from '../workloads/InstanceProcess';
import { TrafficMeter } from '../workloads/TrafficMeter';
import type { InstanceRecord, WorkloadEnvironment } from '../workloads/types';
import { formatTime, healthOf } from './JobRuns';
import { JobRunner } from './JobRunner';
import { JobTimer } from './JobTimer';
import type { JobInstanceRecord } from './types';

/** Runs a job at its times, while its release is the one that serves. */
export class JobSupervisor implements Instance {
  readonly record: JobInstanceRecord;
  readonly log: InstanceLog;
  readonly meter = new TrafficMeter();
  readonly directory: string;
  readonly endpoint = undefined;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: () => void;
  readonly #mayRun: () => boolean;
  readonly #process: InstanceProcess;
  readonly #mounts: InstanceMounts;
  readonly #timer: JobTimer;
  readonly #runner: JobRunner;
  #failure: string | undefined;
  #isSuspended = false;

  constructor(options: {
    record: JobInstanceRecord;
    directory: string;
    environment: WorkloadEnvironment;
    changed(): void;
    /** Whether it is the one that serves. */
    mayRun(): boolean;
    /** Whether a run of the release before still goes on. */
    isBusyElsewhere(): boolean;
  }) {
    const { record, environment } = options;
    this.record = record;
    this.directory = options.directory;
    this.#environment = environment;
    this.#changed = options.changed;
    this.#mayRun = options.mayRun;
    this.log = new InstanceLog(this.directory, record.spec.releaseId);
    this.#process = new InstanceProcess(
      record,
      record.replicas[0],
      this.directory,
      this.log,
      environment,
    );
    this.#mounts = new InstanceMounts(
      record,
      {
        root: this.#process.filesDirectory,
        mounts: path.join(this.directory, 'mounts'),
      },
      environment,
    );
    this.#timer = new JobTimer(record.spec.work, at => this.#due(at));
    this.#runner = new JobRunner({
      record,
      process: this.#process,
      log: this.log,
      environment,
      isBusyElsewhere: options.isBusyElsewhere,
      changed: options.changed,
    });
  }

  get health(): InstanceHealth {
    const { desired, job, spec } = this.record;
    switch (desired) {
      case 'starting':
        return { health: 'starting' };
      case 'running':
        return healthOf(job.runs, spec.releaseId, spec.work);
      default:
        return {
          health: 'stopped',
          ...(this.#failure && { message: this.#failure }),
        };
    }
  }

  get pids(): number[] {
    const { pid } = this.#process;
    return pid === undefined ? [] : [pid];
  }

  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  get readyCount(): number {
    return this.record.desired === 'running' ? 1 : 0;
  }

  get job(): JobStatus {
    const { schedule, timeZone, timeLimitMs } = this.record.spec.work;
    const next = this.#timer.next?.toISOString();
    return {
      schedule,
      timeZone,
      timeLimitMs,
      ...(next && { nextAt: next }),
      runs: this.record.job.runs,
    };
  }

  async start(
    files: ReleaseFile[],
    progress: (text: string) => void,
  ): Promise<void> {
    const { spec } = this.record;
    const { artifact, label, work } = spec;
    this.#changed();
    try {
      progress(`Unpacking ${artifact.digest.slice(0, 19)}…`);
      await unpackArtifact(artifact, this.#process.filesDirectory);
      await this.#mounts.prepare(files, progress);
      this.#timer.start();
      this.record.desired = 'running';
      this.#keepNext();
      const next = this.record.job.nextAt;
      progress(
        next
          ? `${label} is in place. It runs ${work.schedule}; the next time is ${formatTime(next, work.timeZone)}.`
          : `${label} is in place, and has no time at which it runs.`,
      );
    } catch (error) {
      const failure =
        error instanceof AgentError
          ? error.toFailure()
          : { message: `${label} could not be put in place: ${String(error)}` };
      this.record.failure = failure;
      this.#failure = failure.message;
      this.#timer.stop();
      this.#forget();
      this.#changed();
      throw error;
    }
    this.#changed();
  }

  resume(): void {
    const { desired, job, spec } = this.record;
    const isAdopted = this.#process.adopt();
    if (desired !== 'running') {
      this.#process
        .end(spec.gracePeriodMs)
        .then(() => this.#forget())
        .catch(error => this.#environment.logger.warn(String(error)));
      return;
    }
    this.#runner.resume(isAdopted);
    this.#timer.start(job.nextAt ? new Date(job.nextAt) : undefined);
    this.#keepNext();
  }

  async isReady(): Promise<boolean> {
    return this.record.desired === 'running';
  }

  async whenReady(): Promise<undefined> {
    return undefined;
  }

  async enter(): Promise<undefined> {
    return undefined;
  }

  async scale(count: number): Promise<void> {
    if (count !== 1) {
      throw AgentError.final({
        message: `${this.record.spec.label} is a job, which never runs twice at once, so it has no replicas.`,
      });
    }
  }

  /** Each run has a process of its own anyway. */
  async restart(): Promise<void> {}

  async stop(options: { drain: boolean }): Promise<void> {
    this.#timer.stop();
    if (this.record.desired !== 'stopped') {
      this.record.desired = 'stopping';
      this.#environment.persist();
    }
    await this.#drain(options);
    await this.#runner.stop(
      'was stopped, since it is not to run here any more',
    );
    this.#forget();
    this.#changed();
  }

  /** A run that has to end begins again when it is resumed. */
  async suspend(options: { drain: boolean }): Promise<void> {
    this.#isSuspended = true;
    this.#timer.stop();
    this.#process.adopt();
    await this.#drain(options);
    const stopped = await this.#runner.stop(
      'was stopped, and begins again when the service does',
    );
    if (stopped) {
      this.record.job.nextAt = stopped.dueAt;
    }
    this.#environment.note();
  }

  async #drain(options: { drain: boolean }): Promise<void> {
    if (options.drain) {
      const grace = new AbortController();
      const { signal } = grace;
      await Promise.race([
        this.#runner.idle(),
        delay(this.record.spec.gracePeriodMs, undefined, { signal }).catch(
          () => undefined,
        ),
      ]);
      grace.abort();
    }
  }

  #due(at: Date): void {
    this.#keepNext();
    if (this.#mayRun()) {
      this.#runner.due(at);
    } else {
      this.#environment.note();
    }
  }

  /** Put on record with whatever comes next. */
  #keepNext(): void {
    this.record.job.nextAt = this.#timer.next?.toISOString();
  }

  /** It is not to run any more. */
  #forget(): void {
    this.record.desired = 'stopped';
    this.#mounts.forget();
    this.#environment.note();
  }
}

/** Whether an instance is a job; makes sure that there is room for its runs. */
export function isJob(record: InstanceRecord): record is JobInstanceRecord {
  if (record.spec.work?.kind !== 'job') {
    return false;
  }
  record.job ??= { runs: [] };
  return true;
}
