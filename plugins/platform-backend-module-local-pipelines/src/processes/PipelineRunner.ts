import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  OperationFailedError,
  type PipelineRequest,
} from '@slipway/plugin-platform-node';
import { execFile, spawn } from 'node:child_process';
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Sandbox } from '../sandbox/Sandbox';
import type { SupervisorResult, Workspace } from '../workspace/Workspace';
import { isRunning } from './ProcessIdentity';
import { requireRsync } from './requireRsync';
import type { UnprivilegedUser } from './UnprivilegedUser';

const run = promisify(execFile);

/** The supervisor gives jobs 5 seconds to end by themselves. */
const STOP_MS = 8000;
const POLL_MS = 20;

/** Starts and stops the processes that run pipelines. */
export class PipelineRunner {
  /** Whom the jobs' files belong to, where the portal is root. */
  readonly owner: UnprivilegedUser | undefined;
  readonly #sandbox: Sandbox;
  /** The ends of what this process started itself: known at once, without looking. */
  readonly #ends = new Map<string, Promise<void>>();

  constructor(options: { sandbox: Sandbox; owner?: UnprivilegedUser }) {
    this.#sandbox = options.sandbox;
    this.owner = options.owner;
  }

  /** Said in each job's log. */
  get remark(): string | undefined {
    return this.#sandbox.remark;
  }

  /** Checks the commit out and starts its pipeline; returns when that runs on its own. */
  async start(
    workspace: Workspace,
    request: PipelineRequest,
    options: string[],
  ): Promise<void> {
    await requireRsync();
    try {
      await workspace.create();
      await request.checkout(workspace.project);
      // What a repository brings for gitlab-ci-local's own state would be taken for results.
      await rm(path.join(workspace.project, '.gitlab-ci-local'), {
        recursive: true,
        force: true,
      });
      await this.#handOver(workspace);
      const command = this.#sandbox.command({
        project: workspace.project,
        home: workspace.home,
        args: options,
      });
      const startTime = Date.now();
      await workspace.writeCommand({
        ...command,
        jobsHome: command.env.HOME,
        startTime,
        deadline: startTime + request.timeoutMs,
      });
    } catch (error) {
      await workspace.remove();
      throw explainFullDisk(error);
    }
    await this.#launch(workspace);
  }

  /** How it ended, or `undefined` while it runs. */
  async result(workspace: Workspace): Promise<SupervisorResult | undefined> {
    const process = await workspace.process();
    // Asked in this order, a result that is written meanwhile is not missed.
    const runs = process !== undefined && isRunning(process);
    const result = await workspace.result();
    return (
      result ?? (runs ? undefined : { reason: 'exited', endedAt: Date.now() })
    );
  }

  /** Resolves at the end of what this process started; never for what another one did. */
  ended({ directory }: Workspace): Promise<void> {
    return this.#ends.get(directory) ?? new Promise(() => undefined);
  }

  async stop(workspace: Workspace): Promise<void> {
    const process = await workspace.process();
    if (!process || !isRunning(process)) {
      return;
    }
    signal(process.pid, 'SIGTERM');
    const deadline = Date.now() + STOP_MS;
    while (isRunning(process)) {
      if (Date.now() > deadline) {
        signal(process.pid, 'SIGKILL');
      }
      await wait(POLL_MS);
    }
  }

  async #handOver({ directory, project, home }: Workspace): Promise<void> {
    if (this.owner) {
      const { uid, gid } = this.owner;
      await chmod(directory, 0o711);
      await run('chown', ['-R', '-h', `${uid}:${gid}`, project, home]);
    }
  }

  async #launch(workspace: Workspace): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        resolvePackagePath(
          '@slipway/plugin-platform-backend-module-local-pipelines',
          'runner/supervise.cjs',
        ),
        workspace.control,
      ],
      { detached: true, stdio: 'ignore', env: {}, cwd: workspace.control },
    );
    const end = new Promise<void>((resolve, reject) => {
      child.on('exit', () => resolve());
      child.on('error', reject);
    });
    end
      .catch(() => undefined)
      .then(() => this.#ends.delete(workspace.directory));
    child.unref();
    this.#ends.set(workspace.directory, end);
    let hasEnded = false;
    end.then(
      () => {
        hasEnded = true;
      },
      () => undefined,
    );
    while (!(await workspace.process())) {
      await Promise.race([end, wait(5)]);
      if (hasEnded) {
        break;
      }
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in this moment.
  }
}

function explainFullDisk(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC'
    ? new OperationFailedError(
        {
          message: "The pipeline could not start: the portal's disk is full.",
          hint: 'Ask the platform team to make room, then run it again.',
        },
        { cause: error },
      )
    : error;
}
