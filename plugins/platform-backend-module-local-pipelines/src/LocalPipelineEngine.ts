import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type {
  PipelineEngine,
  PipelineObserver,
  PipelineOutcome,
  PipelineRequest,
} from '@slipway/plugin-platform-node';
import { setTimeout as wait } from 'node:timers/promises';
import { checkDefinition } from './definition/checkDefinition';
import { CheckedDefinitions } from './definition/CheckedDefinitions';
import {
  type PipelineDefinition,
  pendingJobs,
  readPipelineDefinition,
} from './definition/PipelineDefinition';
import { OutputTail } from './output/OutputTail';
import { PipelineProgress } from './output/PipelineProgress';
import { describeOutcome } from './output/describeOutcome';
import { PipelineRunner } from './processes/PipelineRunner';
import { Slots } from './processes/Slots';
import { readLocalPipelinesConfig } from './readLocalPipelinesConfig';
import { prepareSandbox } from './sandbox/prepareSandbox';
import { collectArtifacts } from './workspace/collectArtifacts';
import { collectReports } from './workspace/collectReports';
import { Workspace } from './workspace/Workspace';

const POLL_MS = 50;
const STARTS_JOB = / starting shell \(/;

/** What {@link LocalPipelineEngine} is made of. */
export interface LocalPipelineEngineOptions {
  /** Holds the workspaces and npm's cache. */
  directory: string;
  concurrency: number;
  runner: PipelineRunner;
}

/**
 * {@link PipelineEngine} on this machine: gitlab-ci-local, in processes of their own that go on when the
 * portal dies.
 *
 * What is guaranteed: a pipeline is started at most once, by whoever creates the `process.json` of its
 * workspace; all that it prints, with times, and how it ended is in files, so that whoever asks
 * later reads the same as one who watched.
 */
export class LocalPipelineEngine implements PipelineEngine {
  readonly name = 'gitlab-ci-local';
  readonly #directory: string;
  readonly #runner: PipelineRunner;
  readonly #slots: Slots;
  readonly #checked: CheckedDefinitions;
  readonly #starting = new Map<string, Promise<void>>();

  constructor(options: LocalPipelineEngineOptions) {
    this.#directory = options.directory;
    this.#runner = options.runner;
    this.#slots = new Slots(options.concurrency);
    this.#checked = new CheckedDefinitions(options.directory);
  }

  static async fromConfig(
    config: Config,
    { logger }: { logger: LoggerService },
  ): Promise<LocalPipelineEngine> {
    const { directory, concurrency, user } = readLocalPipelinesConfig(config);
    const { sandbox, owner } = await prepareSandbox({
      directory,
      user,
      logger,
    });
    return new LocalPipelineEngine({
      directory,
      concurrency,
      runner: new PipelineRunner({ sandbox, owner }),
    });
  }

  async run(
    request: PipelineRequest,
    observer: PipelineObserver,
  ): Promise<PipelineOutcome> {
    const { pipelineId, signal } = request;
    const workspace = new Workspace(this.#directory, pipelineId);
    const definition = readPipelineDefinition(request.definition);
    const progress = new PipelineProgress(
      pendingJobs(definition),
      this.#notesOn(definition),
    );
    const abort = () => {
      this.stop(pipelineId).catch(() => undefined);
    };
    let release: (() => void) | undefined;
    try {
      await report(progress, observer);
      const failure = checkDefinition(request.definition);
      if (failure) {
        progress.end('failed', Date.now());
        await report(progress, observer);
        return { state: 'failed', failure };
      }
      if (await workspace.process()) {
        release = this.#slots.take();
      } else {
        release = await this.#slots.wait(signal);
        if (!release) {
          return await this.#cancelled(progress, observer);
        }
        await this.#start(workspace, request, definition);
      }
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) {
        abort();
      }
      return await this.#follow(workspace, request, progress, observer);
    } finally {
      signal.removeEventListener('abort', abort);
      release?.();
    }
  }

  async stop(pipelineId: string): Promise<void> {
    await this.#starting.get(pipelineId)?.catch(() => undefined);
    await this.#runner.stop(new Workspace(this.#directory, pipelineId));
  }

  async forget(pipelineId: string): Promise<void> {
    await this.stop(pipelineId);
    await new Workspace(this.#directory, pipelineId).remove();
  }

  /** Starts it, unless another call does so at this moment. */
  async #start(
    workspace: Workspace,
    request: PipelineRequest,
    definition: PipelineDefinition,
  ): Promise<void> {
    const { pipelineId } = request;
    let starting = this.#starting.get(pipelineId);
    if (!starting) {
      starting = (async () => {
        if (!(await workspace.process())) {
          await this.#runner.start(
            workspace,
            request,
            await this.#optionsFor(request, definition),
          );
        }
      })().finally(() => this.#starting.delete(pipelineId));
      this.#starting.set(pipelineId, starting);
    }
    await starting;
  }

  async #follow(
    workspace: Workspace,
    request: PipelineRequest,
    progress: PipelineProgress,
    observer: PipelineObserver,
  ): Promise<PipelineOutcome> {
    const tail = new OutputTail(workspace.output);
    let isExpanded = false;
    try {
      for (;;) {
        const result = await this.#runner.result(workspace);
        for (;;) {
          const lines = await tail.read();
          if (lines.length === 0) {
            break;
          }
          // It is whole by the time the first job starts.
          if (!isExpanded && lines.some(line => STARTS_JOB.test(line))) {
            isExpanded = true;
            await expand(workspace, progress);
            await this.#checked.add(request.definition);
          }
          lines.forEach(line => progress.read(line));
          await report(progress, observer);
        }
        if (result) {
          const outcome = describeOutcome(result, progress, request);
          progress.end(
            result.reason === 'stopped' ? 'cancelled' : 'failed',
            result.endedAt,
          );
          await report(progress, observer);
          return outcome.state === 'succeeded'
            ? {
                ...outcome,
                ...(await collectArtifacts(
                  workspace,
                  progress.jobs,
                  this.#runner.owner,
                )),
                ...(await collectReports(workspace)),
              }
            : outcome;
        }
        await Promise.race([wait(POLL_MS), this.#runner.ended(workspace)]);
      }
    } finally {
      await tail.close();
    }
  }

  /**
   * The options of gitlab-ci-local. A directory per job costs a copy of all artifacts, twice; jobs that
   * run one after the other do without.
   */
  async #optionsFor(
    { definition: text }: PipelineRequest,
    { hasIncludes, isParallel }: PipelineDefinition,
  ): Promise<string[]> {
    const isChecked = !hasIncludes && (await this.#checked.has(text));
    return [
      '--force-shell-executor',
      '--no-artifacts-to-source',
      '--no-color',
      '--max-job-name-padding=0',
      ...(isParallel ? ['--shell-isolation'] : []),
      ...(isChecked ? ['--no-json-schema-validation'] : []),
    ];
  }

  #notesOn({ hasImages }: PipelineDefinition): string[] {
    const { remark } = this.#runner;
    return [
      ...(remark ? [remark] : []),
      ...(hasImages
        ? [
            '"image" is not used here: jobs run in a shell of this machine, with the Node.js that runs the portal.',
          ]
        : []),
    ];
  }

  async #cancelled(
    progress: PipelineProgress,
    observer: PipelineObserver,
  ): Promise<PipelineOutcome> {
    progress.end('cancelled', Date.now());
    await report(progress, observer);
    return { state: 'cancelled' };
  }
}

async function report(
  progress: PipelineProgress,
  observer: PipelineObserver,
): Promise<void> {
  const jobs = progress.takeJobs();
  if (jobs) {
    await observer.jobsChanged(jobs);
  }
  for (const { job, lines } of progress.takeLines()) {
    await observer.jobPrinted(job, lines);
  }
}

/** Takes the jobs from the definition as gitlab-ci-local understood it. */
async function expand(
  workspace: Workspace,
  progress: PipelineProgress,
): Promise<void> {
  const text = await workspace.readExpandedDefinition();
  if (text !== undefined) {
    progress.expect(pendingJobs(readPipelineDefinition(text)));
  }
}
