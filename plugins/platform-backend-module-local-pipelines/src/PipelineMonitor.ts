import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual, stripVTControlCharacters } from 'node:util';
import type { PipelineJob } from '@slipway/plugin-platform-common';
import type {
  PipelineObserver,
  PipelineOutcome,
  PipelineRequest,
} from '@slipway/plugin-platform-node';
import { stagesOf } from './checkDefinition';
import { JobLogReader } from './JobLogReader';
import { JobStates } from './JobStates';
import { endProcess, isRunning } from './PipelineProcess';
import type { Workspace } from './Workspace';

/** How often files are looked at, in milliseconds. */
const INTERVAL = 60;
/** How many looks pass between two at the process itself. */
const LOOKS_PER_CHECK = 30;

/** Follows one pipeline that was started, by this process or an earlier one, to its end. */
export class PipelineMonitor {
  readonly #request: PipelineRequest;
  readonly #observer: PipelineObserver;
  readonly #workspace: Workspace;
  readonly #notes: string[];
  readonly #states: JobStates;
  readonly #logs = new Map<string, JobLogReader>();
  #jobs: PipelineJob[] = [];

  constructor(
    request: PipelineRequest,
    observer: PipelineObserver,
    workspace: Workspace,
    notes: string[],
  ) {
    this.#request = request;
    this.#observer = observer;
    this.#workspace = workspace;
    this.#notes = notes;
    this.#states = new JobStates(workspace, stagesOf(request.definition));
  }

  async follow(): Promise<PipelineOutcome> {
    const { signal, timeoutMs } = this.#request;
    const deadline =
      (await this.#workspace.startedAt().catch(() => Date.now())) + timeoutMs;
    for (let look = 1; ; look += 1) {
      const exitCode = await this.#workspace.exitCode();
      const isLost =
        exitCode === undefined &&
        look % LOOKS_PER_CHECK === 0 &&
        (await this.#workspace.isClaimed()) &&
        !(await isRunning(this.#workspace)) &&
        (await this.#workspace.exitCode()) === undefined;
      await this.#report();
      if (signal.aborted || (await this.#workspace.isStopped())) {
        await endProcess(this.#workspace);
        return this.#cancelled();
      }
      if (exitCode !== undefined) {
        return exitCode === 0 ? this.#succeeded() : this.#failed(exitCode);
      }
      if (isLost) {
        return this.#lost();
      }
      if (Date.now() > deadline) {
        await endProcess(this.#workspace);
        return this.#tookTooLong();
      }
      await delay(INTERVAL, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Reports what is new; returns once all that was there has been reported. */
  async #report(): Promise<void> {
    const jobs = await this.#states.read();
    if (!jobs) {
      return;
    }
    if (
      this.#jobs.length === 0 &&
      jobs.some(({ state }) => state !== 'pending')
    ) {
      await this.#observer.jobsChanged(
        jobs.map(({ name, stage }) => ({ name, stage, state: 'pending' })),
      );
    }
    // Lines first: whoever is told that a job ended can read all of its log.
    for (const { name, state } of jobs) {
      if (state !== 'pending') {
        await this.#reportLog(name);
      }
    }
    await this.#change(jobs);
  }

  async #reportLog(job: string): Promise<void> {
    const { control } = this.#workspace;
    const log =
      this.#logs.get(job) ?? new JobLogReader(control, job, this.#notes);
    this.#logs.set(job, log);
    for (;;) {
      const lines = await log.read();
      if (lines.length === 0) {
        return;
      }
      for (let start = 0; start < lines.length; start += 1000) {
        await this.#observer.jobPrinted(job, lines.slice(start, start + 1000));
      }
    }
  }

  async #change(jobs: PipelineJob[]): Promise<void> {
    if (!isDeepStrictEqual(jobs, this.#jobs)) {
      this.#jobs = jobs;
      await this.#observer.jobsChanged(jobs);
    }
  }

  /** Gives every job that has no end yet one. */
  async #settle(
    running: 'cancelled' | 'failed',
    pending: 'cancelled' | 'skipped',
  ) {
    await this.#report();
    const endedAt = new Date().toISOString();
    await this.#change(
      this.#jobs.map(job => {
        if (job.state === 'running') {
          return { ...job, state: running, endedAt };
        }
        return job.state === 'pending' ? { ...job, state: pending } : job;
      }),
    );
  }

  async #cancelled(): Promise<PipelineOutcome> {
    await this.#settle('cancelled', 'cancelled');
    return { state: 'cancelled' };
  }

  async #succeeded(): Promise<PipelineOutcome> {
    await this.#settle('failed', 'skipped');
    const artifactDirectory = await this.#collectArtifact();
    return {
      state: 'succeeded',
      ...(artifactDirectory && { artifactDirectory }),
    };
  }

  async #failed(exitCode: number): Promise<PipelineOutcome> {
    await this.#settle('failed', 'skipped');
    const job = this.#states.findFailed(this.#jobs);
    if (job) {
      return {
        state: 'failed',
        failure: {
          message: `Job "${job.name}" failed with exit code ${job.exitCode ?? exitCode}.`,
          hint: 'Read the end of its log, fix the code and push again.',
          job: job.name,
        },
      };
    }
    return {
      state: 'failed',
      failure: {
        message: `.gitlab-ci.yml could not be run: ${await this.#explain(exitCode)}`,
        hint: 'Correct .gitlab-ci.yml and push again.',
      },
    };
  }

  async #lost(): Promise<PipelineOutcome> {
    await this.#settle('failed', 'skipped');
    return {
      state: 'failed',
      failure: {
        message:
          'The pipeline ended without a result, as when its machine restarts.',
        hint: 'Run it again.',
      },
    };
  }

  async #tookTooLong(): Promise<PipelineOutcome> {
    const job = this.#jobs.find(({ state }) => state === 'running');
    await this.#settle('cancelled', 'skipped');
    const took = `took longer than ${describeDuration(this.#request.timeoutMs)}`;
    return {
      state: 'failed',
      failure: {
        message: job
          ? `Job "${job.name}" was stopped: the pipeline ${took}.`
          : `The pipeline was stopped: it ${took}.`,
        hint: 'Look in its log for what it was waiting for, make it faster and push again.',
        ...(job && { job: job.name }),
      },
    };
  }

  /** What the engine itself said last, without what belongs to its own code. */
  async #explain(exitCode: number): Promise<string> {
    const file = path.join(this.#workspace.supervision, 'engine.log');
    const text = stripVTControlCharacters(await readFile(file, 'utf8'));
    const lines = text
      .slice(-20_000)
      .split('\n')
      .map(line => line.trim())
      .filter(line => line && !/^at /.test(line));
    return lines.at(-1) ?? `its engine ended with exit code ${exitCode}.`;
  }

  /** The files of all jobs of the last stage that left any. */
  async #collectArtifact(): Promise<string | undefined> {
    const { artifacts, directory } = this.#workspace;
    const names = await readdir(artifacts).catch(() => []);
    const sources: Array<{ stage: string; source: string }> = [];
    for (const { name, stage, state } of this.#jobs) {
      const folder = safeName(name);
      if (state === 'succeeded' && names.includes(folder)) {
        const source = path.join(artifacts, folder);
        await rm(path.join(source, '.gitlab-ci-reports'), {
          recursive: true,
          force: true,
        });
        if ((await readdir(source)).length > 0) {
          sources.push({ stage, source });
        }
      }
    }
    const last = sources.filter(({ stage }) => stage === sources.at(-1)?.stage);
    if (last.length <= 1) {
      return last[0]?.source;
    }
    const merged = path.join(directory, 'artifact');
    await rm(merged, { recursive: true, force: true });
    await mkdir(merged);
    for (const { source } of last) {
      await cp(source, merged, { recursive: true, verbatimSymlinks: true });
    }
    return merged;
  }
}

/** The name gitlab-ci-local gives the directory of a job; long ones end in a digest, as file systems bound names. */
function safeName(job: string): string {
  const encoded = job.replace(/[^\w-]+/g, match =>
    Buffer.from(match).toString('base64url'),
  );
  if (encoded.length <= 238) {
    return encoded;
  }
  const digest = createHash('sha256').update(job).digest('hex').slice(0, 16);
  return `${encoded.slice(0, 221)}-${digest}`;
}

function describeDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [count, unit] =
    seconds >= 120 && seconds % 60 === 0
      ? [seconds / 60, 'minute']
      : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
