import type { WorkloadHealth } from '@slipway/plugin-platform-common';
import type { InstanceLog } from '../logs/InstanceLog';
import { CrashCount } from './CrashCount';
import { describeExit, describeFullDisk } from './explainExit';
import { InFlight } from './InFlight';
import type { InstanceHealth } from './Instance';
import { InstanceProcess } from './InstanceProcess';
import { ServingWatch } from './ServingWatch';
import { startForTheFirstTime } from './startForTheFirstTime';
import type {
  Endpoint,
  InstanceRecord,
  ReplicaRecord,
  WorkloadEnvironment,
} from './types';

/** One of the processes of an instance, kept up: starts it, restarts it when it dies, stops it. */
export class Replica {
  readonly record: ReplicaRecord;
  readonly inFlight = new InFlight();
  readonly #instance: InstanceRecord;
  readonly #directory: string;
  readonly #log: InstanceLog;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  readonly #crashes: CrashCount;
  readonly #process: InstanceProcess;
  #health: InstanceHealth = { health: 'stopped' };
  #endpoint: Endpoint | undefined;
  #watch: ServingWatch | undefined;
  #nextTry: NodeJS.Timeout | undefined;

  /** @param options - `changed`: it is ready, or its health is another */
  constructor(options: {
    instance: InstanceRecord;
    record: ReplicaRecord;
    directory: string;
    log: InstanceLog;
    environment: WorkloadEnvironment;
    changed(): void;
  }) {
    const { instance, record, directory, log, environment } = options;
    this.record = record;
    this.#instance = instance;
    this.#directory = directory;
    this.#log = log;
    this.#environment = environment;
    this.#changed = options.changed;
    this.#crashes = new CrashCount(environment.tuning);
    this.#process = new InstanceProcess(
      instance,
      record,
      directory,
      log,
      environment,
    );
  }

  get health(): InstanceHealth {
    return this.#health;
  }

  /** Where requests go; `undefined` while it isn't ready, and once it is to end. */
  get endpoint(): Endpoint | undefined {
    return this.pid === undefined ? undefined : this.#endpoint;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether it got as far as to have a process. */
  get hasProcess(): boolean {
    return this.#process.current !== undefined;
  }

  /** The first start: resolves when it is ready. Throws the reason where it doesn't become so; ending it is the caller's. */
  async begin(progress: (text: string) => void): Promise<void> {
    this.#setHealth('starting');
    this.#serve(
      await startForTheFirstTime({
        process: this.#process,
        label: this.#instance.spec.label,
        log: this.#log,
        directory: this.#directory,
        signal: this.#abort.signal,
        progress,
      }),
    );
  }

  /** Takes over the process on record, if it still runs. */
  adopt(): boolean {
    return this.#process.adopt();
  }

  /** Makes it run as it did before the agent ended: adopts its process, or starts it again. */
  resume(): void {
    const { process } = this.record;
    if (this.adopt() && process) {
      this.#environment.logger.info(
        `Adopted ${this.#instance.spec.label}, process ${process.pid}.`,
      );
      this.#serve({ host: process.host, port: process.port });
    } else {
      this.#setHealth('starting');
      this.#restartAfter(0);
    }
  }

  /** Gets no new requests from here on. Lets those that it has finish, then stops. */
  async end(options: { drain: boolean; gracePeriodMs: number }): Promise<void> {
    this.#abort.abort();
    this.#clear();
    const hadEndpoint = this.#endpoint !== undefined;
    this.#endpoint = undefined;
    if (options.drain && hadEndpoint) {
      await this.inFlight.drained(options.gracePeriodMs);
    }
    await this.#process.end(options.gracePeriodMs);
    this.#health = { health: 'stopped' };
  }

  #serve(endpoint: Endpoint): void {
    const process = this.#process.current;
    if (!process || this.#abort.signal.aborted) {
      return;
    }
    const { spec } = this.#instance;
    this.#endpoint = endpoint;
    this.record.process = { ...process.identity, ...endpoint };
    this.#environment.note();
    this.#setWell();
    this.#changed();
    this.#watch = new ServingWatch({
      process,
      endpoint,
      probes: spec,
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
          .terminate(spec.gracePeriodMs)
          .then(() => this.#crashed(`was restarted because it ${reason}`))
          .catch(error => this.#environment.logger.warn(String(error)));
      },
      exited: exit => {
        describeFullDisk(this.#directory)
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
    this.#instance.restarts += 1;
    const { pauseMs, message } = this.#crashes.add(what);
    this.#environment.logger.warn(`${this.#instance.spec.label} ${what}.`);
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
