import path from 'node:path';
import { AgentError, explainDiskError } from '../AgentError';
import type { InstanceLog } from '../logs/InstanceLog';
import { allocatePort, releasePort } from '../processes/allocatePort';
import { ManagedProcess } from '../processes/ManagedProcess';
import { launchInstance } from './launchInstance';
import type {
  InstanceRecord,
  ReplicaRecord,
  WorkloadEnvironment,
} from './types';
import { waitUntilReady, type Readiness } from './waitUntilReady';
import { waitUntilSettled } from './waitUntilSettled';

/** A process of an instance: at most one at a time, and the one that runs is on record. */
export class InstanceProcess {
  readonly filesDirectory: string;
  readonly #instance: InstanceRecord;
  readonly #record: ReplicaRecord;
  readonly #homeDirectory: string;
  readonly #log: InstanceLog;
  readonly #environment: WorkloadEnvironment;
  #current: ManagedProcess | undefined;

  constructor(
    instance: InstanceRecord,
    record: ReplicaRecord,
    directory: string,
    log: InstanceLog,
    environment: WorkloadEnvironment,
  ) {
    this.#instance = instance;
    this.#record = record;
    this.filesDirectory = path.join(directory, 'files');
    this.#homeDirectory = path.join(directory, '..', '..', 'home');
    this.#log = log;
    this.#environment = environment;
  }

  /** The one that was started or adopted last, until it is ended or given up; it may have exited. */
  get current(): ManagedProcess | undefined {
    return this.#current;
  }

  get pid(): number | undefined {
    return this.#current?.running ? this.#current.identity.pid : undefined;
  }

  /** Takes over the process on record, unless it was before; `false` where it runs no more. */
  adopt(): boolean {
    const { process } = this.#record;
    this.#current ??= process && ManagedProcess.adopt(process);
    return this.#current !== undefined;
  }

  /** Starts it on a port of its own, and waits until it is ready, has ended, or ran out of time. */
  async launch(
    signal: AbortSignal,
    progress: (text: string) => void,
  ): Promise<{ readiness: Readiness; port: number }> {
    const { spec } = this.#instance;
    const port = await allocatePort();
    if (signal.aborted) {
      throw new AgentError('ConflictError', `${spec.label} was stopped.`);
    }
    progress(`Starting ${spec.command.join(' ')} on port ${port}.`);
    const process = await this.#start(port);
    const readiness = await this.#becomeReady(process, port, signal, progress);
    if (readiness.kind === 'failed') {
      await process.terminate(0);
    }
    if (readiness.kind !== 'ready') {
      releasePort(port);
    }
    return { readiness, port };
  }

  /** Starts it without a port of its own. */
  launchJob(): Promise<ManagedProcess> {
    return this.#start();
  }

  /** It is on record when this resolves. */
  async #start(port?: number): Promise<ManagedProcess> {
    const { spec } = this.#instance;
    const process = await launchInstance(
      this.#instance,
      this.#log,
      { files: this.filesDirectory, home: this.#homeDirectory },
      port,
      this.#environment,
    );
    this.#current = process;
    this.#record.process = {
      ...process.identity,
      host: '127.0.0.1',
      port: port ?? 0,
    };
    try {
      this.#environment.persist();
    } catch (error) {
      // What is not on record must not run: the next agent could never stop it.
      await process.terminate(0);
      throw explainDiskError(error, `${spec.label} could not be started`);
    }
    return process;
  }

  #becomeReady(
    process: ManagedProcess,
    port: number,
    signal: AbortSignal,
    progress: (text: string) => void,
  ): Promise<Readiness> {
    const { work, label, readiness, readinessTimeoutMs } = this.#instance.spec;
    if (work?.kind === 'worker' && !readiness) {
      const { settleMs } = this.#environment.tuning;
      const endpoint = { host: '127.0.0.1', port };
      return waitUntilSettled({ process, label, endpoint, settleMs, signal });
    }
    return waitUntilReady({
      process,
      label,
      port,
      probe: readiness,
      timeoutMs: readinessTimeoutMs,
      signal,
      progress,
    });
  }

  /** Stops what runs, and takes it off the record. */
  async end(gracePeriodMs: number): Promise<void> {
    await this.#current?.terminate(gracePeriodMs);
    this.forget();
  }

  /** Takes one that has ended off the record. */
  forget(): void {
    this.#current = undefined;
    if (this.#record.process) {
      releasePort(this.#record.process.port);
      this.#record.process = undefined;
    }
  }
}
