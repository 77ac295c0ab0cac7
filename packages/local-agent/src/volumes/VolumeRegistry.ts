import { EventEmitter } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  VolumeRequest,
  VolumeStatus,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError, explainDiskError } from '../AgentError';
import type { WorkloadUser } from '../processes/WorkloadUser';
import { RecordFile } from '../state/RecordFile';
import { diskUse } from './diskUse';
import { formatBytes } from './formatBytes';

/** Its owner alone may look into it. */
const MODE = 0o700;

/**
 * Volumes: folders that services write to, and that outlive them. Where a folder is says what state it is in, so that no crash can part
 * the two. Quotas are watched, not enforced: `changed` is emitted with a volume's id when it goes over its quota, or is below it again.
 */
export class VolumeRegistry extends EventEmitter<{ changed: [id: string] }> {
  readonly #ready: string;
  readonly #suspended: string;
  readonly #records: RecordFile<VolumeRequest>;
  readonly #used = new Map<string, number>();
  readonly #user: WorkloadUser | undefined;
  readonly #intervalMs: number;
  readonly #closed = new AbortController();

  constructor(
    stateDirectory: string,
    options: {
      user: WorkloadUser | undefined;
      /** The pause between two looks at what volumes take. */
      intervalMs: number;
    },
  ) {
    super();
    this.#ready = path.join(stateDirectory, 'volumes');
    this.#suspended = path.join(stateDirectory, 'suspended-volumes');
    this.#records = new RecordFile(path.join(stateDirectory, 'volumes.json'));
    this.#user = options.user;
    this.#intervalMs = options.intervalMs;
    mkdirSync(this.#ready, { recursive: true, mode: 0o755 });
    mkdirSync(this.#suspended, { recursive: true, mode: 0o700 });
    void this.#watch();
  }

  /** Makes a volume what it shall be, and leaves alone what is in it. */
  put(id: string, request: VolumeRequest): VolumeStatus {
    if (this.#isSuspended(id)) {
      throw new AgentError(
        'ConflictError',
        `The volume ${request.name} was deleted, and is kept for a while.`,
        'Restore it, or purge it first.',
      );
    }
    const directory = this.#directoryOf(id);
    try {
      mkdirSync(directory, { recursive: true, mode: MODE });
      chmodSync(directory, MODE);
      if (this.#user) {
        chownSync(directory, this.#user.uid, this.#user.gid);
      }
    } catch (error) {
      throw explainDiskError(error, `no room for the volume ${request.name}`);
    }
    this.#records.set(id, request);
    this.emit('changed', id);
    return this.#requireStatus(id);
  }

  /** `undefined` where there is none, or where it was taken away by hand. */
  status(id: string): VolumeStatus | undefined {
    const record = this.#records.get(id);
    const isSuspended = this.#isSuspended(id);
    if (!record || !(isSuspended || existsSync(this.#directoryOf(id)))) {
      return undefined;
    }
    const usedBytes = this.#used.get(id);
    const problem = this.problemOf([id]);
    return {
      ...record,
      state: isSuspended ? 'suspended' : 'ready',
      isWritable: !isSuspended && this.#isWritable(this.#directoryOf(id)),
      ...(usedBytes !== undefined && { usedBytes }),
      ...(problem && { problem }),
    };
  }

  /** Takes it out of every service's reach, and keeps its files. One that isn't there is fine. */
  suspend(id: string): void {
    if (existsSync(this.#directoryOf(id)) && !this.#isSuspended(id)) {
      renameSync(this.#directoryOf(id), path.join(this.#suspended, id));
    }
  }

  /** Gives back what was suspended. */
  restore(id: string): VolumeStatus {
    if (this.#isSuspended(id)) {
      renameSync(path.join(this.#suspended, id), this.#directoryOf(id));
    }
    return this.#requireStatus(id);
  }

  /** Removes it with its files, suspended or not. One that isn't there is fine. */
  async remove(id: string): Promise<void> {
    for (const parent of [this.#ready, this.#suspended]) {
      await rm(path.join(parent, id), { recursive: true, force: true });
    }
    this.#used.delete(id);
    this.#records.delete(id);
  }

  /** The folder that a service gets. */
  requireDirectory(id: string): string {
    const directory = this.#directoryOf(id);
    if (!existsSync(directory)) {
      throw AgentError.final({
        message: `The volume ${this.#records.get(id)?.name ?? id} is not on this machine.`,
        hint: 'It was deleted, or taken away by hand. Restore or reconcile it on its page in the portal.',
      });
    }
    return directory;
  }

  /** What is wrong with how much these volumes hold. */
  problemOf(ids: string[]): string | undefined {
    const id = ids.find(each => this.#isOver(each));
    const record = this.#records.get(id ?? '');
    return id && record
      ? `The volume ${record.name} holds ${formatBytes(this.#used.get(id) ?? 0)}, which is more than its ${formatBytes(record.quotaBytes)}. Delete what is not needed, or make it larger.`
      : undefined;
  }

  close(): void {
    this.#closed.abort();
  }

  #directoryOf(id: string): string {
    return path.join(this.#ready, id);
  }

  #isSuspended(id: string): boolean {
    return existsSync(path.join(this.#suspended, id));
  }

  #isWritable(directory: string): boolean {
    const { uid, mode } = statSync(directory);
    const owner = this.#user?.uid ?? process.getuid?.();
    // eslint-disable-next-line no-bitwise -- it is how modes are made
    return (owner === undefined || uid === owner) && (mode & MODE) === MODE;
  }

  #requireStatus(id: string): VolumeStatus {
    this.requireDirectory(id);
    const status = this.status(id);
    if (!status) {
      throw new AgentError(
        'NotFoundError',
        `There is no volume ${id} on record.`,
      );
    }
    return status;
  }

  #isOver(id: string): boolean {
    const quota = this.#records.get(id)?.quotaBytes;
    return quota !== undefined && (this.#used.get(id) ?? 0) > quota;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      await delay(this.#intervalMs, undefined, { ref: false, signal }).catch(
        () => undefined,
      );
      for (const [id] of signal.aborted ? [] : this.#records.entries()) {
        await this.#measure(id);
      }
    }
  }

  async #measure(id: string): Promise<void> {
    const used = await diskUse(this.#directoryOf(id));
    if (used !== undefined && this.#records.get(id)) {
      const wasOver = this.#isOver(id);
      this.#used.set(id, used);
      if (this.#isOver(id) !== wasOver) {
        this.emit('changed', id);
      }
    }
  }
}
