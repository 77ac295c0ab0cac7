import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkloadUser } from './WorkloadUser';
import { listProcessGroup, signalProcessGroup } from './processGroup';
import {
  identifyProcess,
  isSameProcess,
  type ProcessIdentity,
} from './processIdentity';

/** How a process ended; nothing is known about one that an earlier agent started. */
export interface ProcessExit {
  code?: number;
  signal?: string;
}

/** All that is needed to start a process. */
export interface ProcessSpec {
  command: string[];
  directory: string;
  /** The whole environment: nothing is inherited. */
  environment: Record<string, string>;
  /** Files that stdout and stderr are appended to by the process itself, so that it needs no agent. */
  stdoutFile: string;
  stderrFile: string;
  user?: WorkloadUser;
}

// Elsewhere than on Linux each look is a run of `ps`.
const ADOPTED_POLL_MS = process.platform === 'linux' ? 200 : 2_000;
const GROUP_POLL_MS = 50;

/** A process in a group of its own that outlives the agent, started by this agent or by one before it. */
export class ManagedProcess {
  readonly identity: ProcessIdentity;
  /** Resolves when the process, the leader of its group, has ended. */
  readonly exited: Promise<ProcessExit>;
  #running = true;
  #terminating = false;

  private constructor(identity: ProcessIdentity, exited: Promise<ProcessExit>) {
    this.identity = identity;
    this.exited = exited.then(exit => {
      this.#running = false;
      if (!this.#terminating) {
        // What it started and left behind. Later, the group's id could belong to someone else.
        signalProcessGroup(identity.pid, 'SIGKILL');
      }
      return exit;
    });
  }

  /** Throws the system's error where the program can't be started. */
  static async start(spec: ProcessSpec): Promise<ManagedProcess> {
    const stdout = openSync(spec.stdoutFile, 'a', 0o600);
    const stderr = openSync(spec.stderrFile, 'a', 0o600);
    let child: ChildProcess;
    try {
      child = spawn(spec.command[0], spec.command.slice(1), {
        cwd: spec.directory,
        env: spec.environment,
        detached: true,
        stdio: ['ignore', stdout, stderr],
        ...(spec.user && { uid: spec.user.uid, gid: spec.user.gid }),
      });
    } finally {
      closeSync(stdout);
      closeSync(stderr);
    }
    const pid = child.pid;
    if (pid === undefined) {
      throw await new Promise<Error>(resolve => child.once('error', resolve));
    }
    const exited = new Promise<ProcessExit>(resolve => {
      child.once('exit', (code, signal) =>
        resolve({ code: code ?? undefined, signal: signal ?? undefined }),
      );
    });
    child.unref();
    // One that ended at once has no identity left; it is on record only until its exit is seen.
    return new ManagedProcess(
      identifyProcess(pid) ?? { pid, startedAt: 'ended' },
      exited,
    );
  }

  /** Takes over a process that an earlier agent started; `undefined` where it runs no more. */
  static adopt(identity: ProcessIdentity): ManagedProcess | undefined {
    if (!isSameProcess(identity)) {
      return undefined;
    }
    const exited = new Promise<ProcessExit>(resolve => {
      const timer = setInterval(() => {
        if (!isSameProcess(identity)) {
          clearInterval(timer);
          resolve({});
        }
      }, ADOPTED_POLL_MS);
      timer.unref();
    });
    return new ManagedProcess(identity, exited);
  }

  get running(): boolean {
    return this.#running;
  }

  /**
   * Asks the whole group to end, then ends it after the grace period. Resolves when nothing of it runs.
   * The group is waited for, not only its leader: a shell around the service ends sooner than the service.
   */
  async terminate(gracePeriodMs: number): Promise<void> {
    if (this.#running && !this.#terminating) {
      this.#terminating = true;
      await this.#terminateGroup(gracePeriodMs);
    }
    await this.exited;
  }

  async #terminateGroup(gracePeriodMs: number): Promise<void> {
    const group = this.identity.pid;
    const deadline = Date.now() + gracePeriodMs;
    const grace = new AbortController();
    signalProcessGroup(group, 'SIGTERM');
    await Promise.race([
      this.exited,
      delay(gracePeriodMs, undefined, { signal: grace.signal }).catch(
        () => undefined,
      ),
    ]);
    grace.abort();
    while (Date.now() < deadline && listProcessGroup(group).length > 0) {
      await delay(GROUP_POLL_MS);
    }
    signalProcessGroup(group, 'SIGKILL');
  }
}
