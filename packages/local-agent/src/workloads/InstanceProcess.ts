import path from 'node:path';
import { AgentError, explainDiskError } from '../AgentError';
import type { InstanceLog } from '../logs/InstanceLog';
import { allocatePort, releasePort } from '../processes/allocatePort';
import { ManagedProcess } from '../processes/ManagedProcess';
import { launchInstance } from './launchInstance';
import type { InstanceRecord, WorkloadEnvironment } from './types';
import { waitUntilReady, type Readiness } from './waitUntilReady';

/** The process of an instance: at most one at a time, and the one that runs is on record. */
export class InstanceProcess {
  readonly filesDirectory: string;
  readonly #record: InstanceRecord;
  readonly #homeDirectory: string;
  readonly #log: InstanceLog;
  readonly #environment: WorkloadEnvironment;
  #current: ManagedProcess | undefined;

  constructor(
    record: InstanceRecord,
    directory: string,
    log: InstanceLog,
    environment: WorkloadEnvironment,
  ) {
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

  /** Takes over the process on record; `false` where it runs no more. */
  adopt(): boolean {
    const { process } = this.#record;
    this.#current = process && ManagedProcess.adopt(process);
    return this.#current !== undefined;
  }

  /** Starts it on a port of its own, and waits until it is ready, has ended, or ran out of time. */
  async launch(
    signal: AbortSignal,
    progress: (text: string) => void,
  ): Promise<{ readiness: Readiness; port: number }> {
    const { spec } = this.#record;
    const port = await allocatePort();
    if (signal.aborted) {
      throw new AgentError('ConflictError', `${spec.label} was stopped.`);
    }
    progress(`Starting ${spec.command.join(' ')} on port ${port}.`);
    const process = await launchInstance(
      this.#record,
      this.#log,
      { files: this.filesDirectory, home: this.#homeDirectory },
      port,
      this.#environment,
    );
    this.#current = process;
    this.#record.process = { ...process.identity, host: '127.0.0.1', port };
    try {
      this.#environment.persist();
    } catch (error) {
      // What is not on record must not run: the next agent could never stop it.
      await process.terminate(0);
      throw explainDiskError(error, `${spec.label} could not be started`);
    }
    const readiness = await waitUntilReady({
      process,
      label: spec.label,
      port,
      probe: spec.readiness,
      timeoutMs: spec.readinessTimeoutMs,
      signal,
      progress,
    });
    if (readiness.kind === 'failed') {
      await process.terminate(0);
    }
    if (readiness.kind !== 'ready') {
      releasePort(port);
    }
    return { readiness, port };
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
