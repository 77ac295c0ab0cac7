import type { Failure, WorkloadHealth } from '@slipway/plugin-platform-common';
import type { ReleaseFile } from '@slipway/plugin-platform-node';
import path from 'node:path';
import { AgentError } from '../AgentError';
import { unpackArtifact } from '../artifacts/unpackArtifact';
import { InstanceLog } from '../logs/InstanceLog';
import { CrashCount } from './CrashCount';
import { describeExit, describeFullDisk } from './explainExit';
import { InstanceMounts } from '../mounts/InstanceMounts';
import { InFlight } from './InFlight';
import { InstanceProcess } from './InstanceProcess';
import { ServingWatch } from './ServingWatch';
import { shownLines, startForTheFirstTime } from './startForTheFirstTime';
import type { Endpoint, InstanceRecord, WorkloadEnvironment } from './types';
import { Waiters } from './Waiters';

/** How an instance is now. */
export interface InstanceHealth {
  health: WorkloadHealth;
  message?: string;
}

/** Keeps one instance of a release as it is wanted: starts it, restarts it when it dies, stops it. */
export class InstanceSupervisor {
  readonly record: InstanceRecord;
  readonly log: InstanceLog;
  readonly inFlight = new InFlight();
  readonly directory: string;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  readonly #readiness = new Waiters();
  readonly #crashes: CrashCount;
  #health: InstanceHealth = { health: 'stopped' };
  readonly #process: InstanceProcess;
  readonly #mounts: InstanceMounts;
  #endpoint: Endpoint | undefined;
  #watch: ServingWatch | undefined;
  #nextTry: NodeJS.Timeout | undefined;

  constructor(options: {
    record: InstanceRecord;
    directory: string;
    environment: WorkloadEnvironment;
    changed(): void;
  }) {
    this.record = options.record;
    this.directory = options.directory;
    this.#environment = options.environment;
    this.#crashes = new CrashCount(options.environment.tuning);
    this.#changed = options.changed;
    this.log = new InstanceLog(this.directory, this.record.spec.releaseId);
    this.#process = new InstanceProcess(
      this.record,
      this.directory,
      this.log,
      options.environment,
    );
    this.#mounts = new InstanceMounts(
      this.record,
      {
        root: this.#process.filesDirectory,
        mounts: path.join(this.directory, 'mounts'),
      },
      options.environment,
    );
  }

  get health(): InstanceHealth {
    return this.#health;
  }

  /** Where requests go; `undefined` while it isn't ready. */
  get endpoint(): Endpoint | undefined {
    return this.pid === undefined ? undefined : this.#endpoint;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** The first start: resolves when the instance is ready, else nothing of it runs and the reason is thrown. */
  async start(
    files: ReleaseFile[],
    progress: (text: string) => void,
  ): Promise<void> {
    const { spec } = this.record;
    try {
      this.#setHealth('starting');
      progress(`Unpacking ${spec.artifact.digest.slice(0, 19)}…`);
      await unpackArtifact(spec.artifact, this.#process.filesDirectory);
      await this.#mounts.prepare(files, progress);
      const endpoint = await startForTheFirstTime({
        process: this.#process,
        label: spec.label,
        log: this.log,
        directory: this.directory,
        signal: this.#abort.signal,
        progress,
      });
      this.#serve(endpoint);
      progress(`${spec.label} is ready.`);
    } catch (error) {
      const failure: Failure =
        error instanceof AgentError
          ? error.toFailure()
          : { message: `${spec.label} could not be started: ${String(error)}` };
      this.#recentLines().forEach(text => progress(`| ${text}`));
      await this.#end(0);
      this.record.failure = failure;
      this.#forget();
      this.#setHealth('stopped', failure.message);
      throw error;
    }
  }

  /** Makes an instance run as it did before the agent ended: adopts its process, or starts it again. */
  resume(): void {
    const { process } = this.record;
    const adopted = this.#process.adopt();
    if (this.record.desired !== 'running') {
      this.#end(this.record.spec.gracePeriodMs)
        .then(() => this.#forget())
        .catch(error => this.#environment.logger.warn(String(error)));
      return;
    }
    if (adopted && process) {
      this.#environment.logger.info(
        `Adopted ${this.record.spec.label}, process ${process.pid}.`,
      );
      this.#serve({ host: process.host, port: process.port });
    } else {
      this.#setHealth('starting');
      this.#restartAfter(0);
    }
  }

  /** Resolves with the endpoint when it is ready, with `undefined` when it isn't in time. */
  async whenReady(timeoutMs: number): Promise<Endpoint | undefined> {
    if (!this.endpoint && timeoutMs > 0) {
      await this.#readiness.wait(timeoutMs);
    }
    return this.endpoint;
  }

  /** Lets requests finish, then stops it for good. */
  async stop(options: { drain: boolean }): Promise<void> {
    const { gracePeriodMs } = this.record.spec;
    if (this.record.desired !== 'stopped') {
      this.record.desired = 'stopping';
      this.#environment.persist();
    }
    if (options.drain) {
      await this.inFlight.drained(gracePeriodMs);
    }
    await this.#end(gracePeriodMs);
    this.#forget();
    this.#setHealth('stopped');
  }

  /** Stops the process but not the wish that it runs: the next agent brings it back. */
  async suspend(): Promise<void> {
    await this.#end(this.record.spec.gracePeriodMs);
    this.#environment.note();
  }

  /** It is not to run any more. */
  #forget(): void {
    this.record.desired = 'stopped';
    this.#mounts.forget();
    this.#environment.note();
  }

  #serve(endpoint: Endpoint): void {
    const { record } = this;
    const process = this.#process.current;
    if (!process) {
      return;
    }
    this.#endpoint = endpoint;
    record.desired = 'running';
    record.failure = undefined;
    record.process = { ...process.identity, ...endpoint };
    this.#environment.note();
    this.#setWell();
    this.#readiness.wakeAll();
    this.#watch = new ServingWatch({
      process,
      endpoint,
      probes: record.spec,
      tuning: this.#environment.tuning,
      stable: () => {
        this.#crashes.reset();
        this.#setHealth('healthy');
      },
      degraded: reason => {
        if (reason) {
          this.#setHealth('degraded', `It ${reason}.`);
        } else {
          this.#setWell();
        }
      },
      dead: reason => {
        this.#endpoint = undefined;
        process
          .terminate(record.spec.gracePeriodMs)
          .then(() => this.#crashed(`was restarted because it ${reason}`))
          .catch(error => this.#environment.logger.warn(String(error)));
      },
      exited: exit => {
        describeFullDisk(this.directory)
          .then(full => this.#crashed(describeExit(exit), full))
          .catch(error => this.#environment.logger.warn(String(error)));
      },
    });
  }

  #crashed(what: string, addition = ''): void {
    this.#clear();
    if (this.#abort.signal.aborted) {
      return;
    }
    this.#endpoint = undefined;
    this.#process.forget();
    this.record.restarts += 1;
    const { pauseMs, message } = this.#crashes.add(what);
    this.#environment.logger.warn(`${this.record.spec.label} ${what}.`);
    this.#environment.note();
    this.#setHealth(
      this.#crashes.isLoop ? 'crash-looping' : 'starting',
      `${message}${addition}`,
    );
    this.#restartAfter(pauseMs);
  }

  #restartAfter(pause: number): void {
    this.#nextTry = setTimeout(() => {
      this.#restart().catch(error => {
        if (!this.#abort.signal.aborted) {
          const reason = error instanceof Error ? error.message : String(error);
          this.#crashed('could not be started', ` ${reason}`);
        }
      });
    }, pause);
    this.#nextTry.unref();
  }

  async #restart(): Promise<void> {
    const { readiness } = await this.#process.launch(
      this.#abort.signal,
      () => undefined,
    );
    if (this.#abort.signal.aborted) {
      return;
    }
    switch (readiness.kind) {
      case 'ready':
        this.#serve(readiness.endpoint);
        break;
      case 'exited':
        this.#crashed(`${describeExit(readiness.exit)} before it became ready`);
        break;
      default:
        this.#crashed(
          `did not become ready again (${readiness.failure.message})`,
        );
    }
  }

  #recentLines(): string[] {
    return this.#process.current
      ? shownLines(this.log).map(line => line.text)
      : [];
  }

  async #end(gracePeriodMs: number): Promise<void> {
    this.#abort.abort();
    this.#clear();
    await this.#process.end(gracePeriodMs);
    this.#endpoint = undefined;
  }

  #clear(): void {
    clearTimeout(this.#nextTry);
    this.#watch?.stop();
  }

  /** One that was in a loop has to prove itself first, so that its health does not flap. */
  #setWell(): void {
    if (this.#crashes.isLoop) {
      this.#setHealth('crash-looping', this.#crashes.recovery);
    } else {
      this.#setHealth('healthy');
    }
  }

  #setHealth(health: WorkloadHealth, message?: string): void {
    if (this.#health.health !== health || this.#health.message !== message) {
      this.#health = { health, ...(message && { message }) };
      this.#changed();
    }
  }
}
