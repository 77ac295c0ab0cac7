import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  PipelineEngine,
  PipelineObserver,
  PipelineOutcome,
  PipelineRequest,
} from '@slipway/plugin-platform-node';
import { checkDefinition, notesOn } from './checkDefinition';
import { createLaunch } from './createLaunch';
import { readHostSettings, type HostSettings } from './HostSettings';
import { PipelineMonitor } from './PipelineMonitor';
import { endProcess, isRunning, startProcess } from './PipelineProcess';
import { Slots } from './Slots';
import { Workspace } from './Workspace';

const run = promisify(execFile);

/** Where and as whom pipelines run. */
export interface LocalPipelineEngineOptions {
  /** Holds a directory for each pipeline, and the npm cache they share. */
  directory: string;
  /** How many pipelines run at once. Left out: 2. */
  concurrency?: number;
  /** The user of the jobs when this process is root. Left out: nobody. */
  user?: string;
  logger: LoggerService;
}

/**
 * Runs pipelines with gitlab-ci-local. Guarantees:
 * - A pipeline is a process of its own that outlives this one; `run` with the same id joins it. It is
 *   started at most once, because its supervisor claims the workspace by making a directory.
 * - Everything is read from files that the pipeline leaves, so a resumed one reports the same
 *   job states and log lines again, with the same sequences.
 * - An aborted signal stops the pipeline. The end of this process doesn't.
 */
export class LocalPipelineEngine implements PipelineEngine {
  readonly name = 'local';
  readonly #directory: string;
  readonly #npmCache: string;
  readonly #host: HostSettings;
  readonly #slots: Slots;

  /** @throws InputError where the user to run jobs as is missing. */
  static async create(
    options: LocalPipelineEngineOptions,
  ): Promise<LocalPipelineEngine> {
    const { concurrency = 2, directory, logger, user = 'nobody' } = options;
    const host = await readHostSettings(user);
    const npmCache = path.join(directory, 'npm-cache');
    await mkdir(npmCache, { recursive: true });
    await giveTo(host, npmCache);
    if (!host.isolated) {
      logger.warn(
        'Pipelines run without isolation, because bubblewrap (bwrap) is missing or cannot start here. Run only code of people you trust, or install the package "bubblewrap".',
      );
    }
    return new LocalPipelineEngine(directory, npmCache, host, concurrency);
  }

  private constructor(
    directory: string,
    npmCache: string,
    host: HostSettings,
    concurrency: number,
  ) {
    this.#directory = path.resolve(directory);
    this.#npmCache = path.resolve(npmCache);
    this.#host = host;
    this.#slots = new Slots(concurrency);
  }

  async run(
    request: PipelineRequest,
    observer: PipelineObserver,
  ): Promise<PipelineOutcome> {
    const { definition, signal } = request;
    const problem = checkDefinition(definition) ?? this.#checkMachine();
    if (problem) {
      return { state: 'failed', failure: problem };
    }
    const workspace = new Workspace(this.#directory, request.pipelineId);
    let release: () => void;
    if (await workspace.isClaimed()) {
      release = this.#slots.join();
    } else {
      try {
        release = await this.#slots.acquire(signal);
      } catch (error) {
        if (signal.aborted) {
          return { state: 'cancelled' };
        }
        throw error;
      }
    }
    try {
      if (await workspace.isStopped()) {
        return { state: 'cancelled' };
      }
      if (!(await workspace.isClaimed())) {
        await this.#start(request, workspace);
      }
      const notes = [
        ...notesOn(definition),
        ...(this.#host.isolated
          ? []
          : ['Note: this machine has no bubblewrap; jobs are not isolated.']),
      ];
      return await new PipelineMonitor(
        request,
        observer,
        workspace,
        notes,
      ).follow();
    } finally {
      release();
    }
  }

  async stop(pipelineId: string): Promise<void> {
    const workspace = new Workspace(this.#directory, pipelineId);
    if (await workspace.isClaimed()) {
      await writeFile(workspace.stopped, '');
      if (await isRunning(workspace)) {
        await endProcess(workspace);
      }
    }
  }

  async forget(pipelineId: string): Promise<void> {
    await new Workspace(this.#directory, pipelineId).remove();
  }

  #checkMachine() {
    return this.#host.copies
      ? undefined
      : {
          message: 'Pipelines need rsync, which this machine does not have.',
          hint:
            process.platform === 'darwin'
              ? 'Run "brew install rsync", restart the portal and push again.'
              : 'Run "apt-get install rsync" (or your system\'s counterpart), restart the portal and push again.',
        };
  }

  async #start(request: PipelineRequest, workspace: Workspace): Promise<void> {
    // Whatever an interrupted start left is made again: nothing of it has run.
    await workspace.remove();
    await mkdir(workspace.supervision, { recursive: true });
    for (const directory of [
      workspace.home,
      path.join(workspace.builds, 'tmp'),
      path.join(workspace.control, 'logs'),
    ]) {
      await mkdir(directory, { recursive: true });
    }
    const unfinished = `${workspace.project}.unfinished`;
    await request.checkout(unfinished);
    await rename(unfinished, workspace.project);
    // What the repository itself brings for the engine's state would be taken for results.
    await rm(path.join(workspace.project, '.gitlab-ci-local'), {
      recursive: true,
      force: true,
    });
    await giveTo(this.#host, workspace.builds);
    const launch = await createLaunch(
      request,
      workspace,
      this.#host,
      this.#npmCache,
    );
    request.signal.throwIfAborted();
    await startProcess(workspace, launch);
  }
}

/** Makes the user of the jobs the owner of all that is in a directory. */
async function giveTo({ user }: HostSettings, directory: string) {
  if (user) {
    await run('chown', ['-R', '-h', `${user.uid}:${user.gid}`, directory]);
  }
}
