import path from 'node:path';
import type { Failure, WorkloadHealth } from '@slipway/plugin-platform-common';
import { AgentError, explainDiskError } from '../AgentError';
import { unpackArtifact } from '../artifacts/unpackArtifact';
import { ReleaseLog } from '../logs/ReleaseLog';
import { allocatePort, releasePort } from '../processes/allocatePort';
import { ManagedProcess } from '../processes/ManagedProcess';
import { CrashCount } from './CrashCount';
import {
  describeExit,
  describeFullDisk,
  explainStartExit,
} from './explainExit';
import { HealthMonitor } from './HealthMonitor';
import { InFlight } from './InFlight';
import { launchRelease } from './launchRelease';
import type { Endpoint, ReleaseRecord, WorkloadEnvironment } from './types';
import { Waiters } from './Waiters';
import { waitUntilReady, type Readiness } from './waitUntilReady';

const PORT_ATTEMPTS = 3;
const SHOWN_LINES = 8;

/** How a release is now. */
export interface ReleaseHealth {
  health: WorkloadHealth;
  message?: string;
}

/**
 * Keeps one release as it is wanted: starts it, restarts it when it dies, stops it. At most one
 * process of a release runs at a time, and the one that runs is on record.
 */
export class ReleaseSupervisor {
  readonly record: ReleaseRecord;
  readonly log: ReleaseLog;
  readonly inFlight = new InFlight();
  readonly directory: string;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  readonly #readiness = new Waiters();
  readonly #crashes: CrashCount;
  #health: ReleaseHealth = { health: 'stopped' };
  #process: ManagedProcess | undefined;
  #endpoint: Endpoint | undefined;
  #monitor: HealthMonitor | undefined;
  #timers: NodeJS.Timeout[] = [];

  constructor(options: {
    record: ReleaseRecord;
    directory: string;
    environment: WorkloadEnvironment;
    changed(): void;
  }) {
    this.record = options.record;
    this.directory = options.directory;
    this.#environment = options.environment;
    this.#crashes = new CrashCount(options.environment.tuning);
    this.#changed = options.changed;
    this.log = new ReleaseLog(this.directory, this.record.releaseId);
  }

  get health(): ReleaseHealth {
    return this.#health;
  }

  /** Where requests go; `undefined` while it isn't ready. */
  get endpoint(): Endpoint | undefined {
    return this.#process?.running ? this.#endpoint : undefined;
  }

  get pid(): number | undefined {
    return this.#process?.running ? this.#process.identity.pid : undefined;
  }

  /** The first start: resolves when the release is ready, else nothing of it runs and the reason is thrown. */
  async start(progress: (text: string) => void): Promise<void> {
    const { spec } = this.record;
    try {
      this.#setHealth('starting');
      progress(`Unpacking ${spec.artifact.digest.slice(0, 19)}…`);
      await unpackArtifact(spec.artifact, this.#filesDirectory);
      for (let attempt = 1; ; attempt += 1) {
        const { readiness, port } = await this.#launch(progress);
        if (readiness.kind === 'ready') {
          this.#serve(readiness.endpoint);
          progress(`${spec.label} is ready.`);
          return;
        }
        const failure =
          readiness.kind === 'failed'
            ? readiness.failure
            : await explainStartExit(
                spec.label,
                readiness.exit,
                this.log.tail(SHOWN_LINES).lines,
                { port, directory: this.directory },
              );
        if (failure) {
          throw AgentError.final(failure);
        }
        if (attempt === PORT_ATTEMPTS) {
          throw new AgentError(
            'ConflictError',
            `Other programs took the port of ${spec.label} ${PORT_ATTEMPTS} times in a row.`,
            'Try again.',
          );
        }
        progress(`Another program took port ${port}; trying another one.`);
      }
    } catch (error) {
      const failure: Failure =
        error instanceof AgentError
          ? error.toFailure()
          : { message: `${spec.label} could not be started: ${String(error)}` };
      this.#recentLines().forEach(text => progress(`| ${text}`));
      await this.#end(0);
      this.record.failure = failure;
      this.record.desired = 'stopped';
      this.#environment.note();
      this.#setHealth('stopped', failure.message);
      throw error;
    }
  }

  /** Makes a release run as it did before the agent ended: adopts its process, or starts it again. */
  resume(): void {
    const { process } = this.record;
    const adopted = process && ManagedProcess.adopt(process);
    if (this.record.desired !== 'running') {
      this.#process = adopted;
      this.#end(this.record.spec.gracePeriodMs)
        .then(() => {
          this.record.desired = 'stopped';
          this.#environment.note();
        })
        .catch(error => this.#environment.logger.warn(String(error)));
      return;
    }
    if (adopted && process) {
      this.#environment.logger.info(
        `Adopted ${this.record.spec.label}, process ${process.pid}.`,
      );
      this.#process = adopted;
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
    this.record.desired = 'stopped';
    this.#environment.note();
    this.#setHealth('stopped');
  }

  /** Stops the process but not the wish that it runs: the next agent brings it back. */
  async suspend(): Promise<void> {
    await this.#end(this.record.spec.gracePeriodMs);
    this.#environment.note();
  }

  get #filesDirectory() {
    return path.join(this.directory, 'files');
  }

  async #launch(
    progress: (text: string) => void,
  ): Promise<{ readiness: Readiness; port: number }> {
    const { spec } = this.record;
    const port = await allocatePort();
    if (this.#abort.signal.aborted) {
      throw new AgentError('ConflictError', `${spec.label} was stopped.`);
    }
    progress(`Starting ${spec.command.join(' ')} on port ${port}.`);
    const process = await launchRelease(
      this.record,
      this.log,
      {
        files: this.#filesDirectory,
        home: path.join(this.directory, '..', '..', 'home'),
      },
      port,
      this.#environment,
    );
    this.#process = process;
    this.record.process = { ...process.identity, host: '127.0.0.1', port };
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
      signal: this.#abort.signal,
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

  #serve(endpoint: Endpoint): void {
    const { record } = this;
    const process = this.#process;
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
    const { tuning } = this.#environment;
    this.#later(tuning.stableAfterMs, () => {
      this.#crashes.reset();
      this.#setHealth('healthy');
    });
    this.#monitor = new HealthMonitor({
      endpoint,
      probes: record.spec,
      tuning,
      degraded: reason => {
        if (reason) {
          this.#setHealth('degraded', `It ${reason}.`);
        } else {
          this.#setWell();
        }
      },
      dead: reason => {
        this.#clear();
        this.#endpoint = undefined;
        process
          .terminate(record.spec.gracePeriodMs)
          .then(() => this.#crashed(`was restarted because it ${reason}`))
          .catch(error => this.#environment.logger.warn(String(error)));
      },
    });
    this.#monitor.start();
    process.exited
      .then(async exit => {
        if (this.#process === process && this.#endpoint) {
          this.#clear();
          const full = await describeFullDisk(this.directory);
          this.#crashed(describeExit(exit), full);
        }
      })
      .catch(error => this.#environment.logger.warn(String(error)));
  }

  #crashed(what: string, addition = ''): void {
    this.#clear();
    if (this.#abort.signal.aborted) {
      return;
    }
    if (this.record.process) {
      releasePort(this.record.process.port);
    }
    this.#endpoint = undefined;
    this.#process = undefined;
    this.record.process = undefined;
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
    this.#later(pause, () => {
      this.#restart().catch(error => {
        if (!this.#abort.signal.aborted) {
          const reason = error instanceof Error ? error.message : String(error);
          this.#crashed(`could not be started (${reason})`);
        }
      });
    });
  }

  async #restart(): Promise<void> {
    const { readiness } = await this.#launch(() => undefined);
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
    return this.#process
      ? this.log.tail(SHOWN_LINES).lines.map(line => line.text)
      : [];
  }

  async #end(gracePeriodMs: number): Promise<void> {
    this.#abort.abort();
    this.#clear();
    const process = this.#process;
    await process?.terminate(gracePeriodMs);
    this.#endpoint = undefined;
    this.#process = undefined;
    if (this.record.process) {
      releasePort(this.record.process.port);
      this.record.process = undefined;
    }
  }

  #later(pause: number, action: () => void): void {
    const timer = setTimeout(action, pause);
    timer.unref();
    this.#timers.push(timer);
  }

  #clear(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.#monitor?.stop();
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
