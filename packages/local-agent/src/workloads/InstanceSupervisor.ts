import path from 'node:path';
import type { Failure } from '@slipway/plugin-platform-common';
import type { ReleaseFile } from '@slipway/plugin-platform-node';
import { AgentError } from '../AgentError';
import { unpackArtifact } from '../artifacts/unpackArtifact';
import { InstanceLog } from '../logs/InstanceLog';
import { InstanceMounts } from '../mounts/InstanceMounts';
import { healthOfReplicas } from './healthOfReplicas';
import { InFlight } from './InFlight';
import type { Entry, Instance, InstanceHealth } from './Instance';
import { Replica } from './Replica';
import { shownLines } from './startForTheFirstTime';
import type {
  Endpoint,
  InstanceRecord,
  ReplicaRecord,
  WorkloadEnvironment,
} from './types';
import { TrafficMeter } from './TrafficMeter';
import { Waiters } from './Waiters';

type Progress = (text: string) => void;

/** Keeps one instance of a release as it is wanted: its files and volumes, and as many processes as there shall be. */
export class InstanceSupervisor implements Instance {
  readonly record: InstanceRecord;
  readonly log: InstanceLog;
  readonly meter = new TrafficMeter();
  readonly directory: string;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: () => void;
  readonly #mounts: InstanceMounts;
  readonly #inFlight = new InFlight();
  readonly #readiness = new Waiters();
  readonly #filesDirectory: string;
  #replicas: Replica[];
  /** Whose turn it is where several have as few requests. */
  #turn = 0;
  #failure: string | undefined;
  #isSuspended = false;

  constructor(options: {
    record: InstanceRecord;
    directory: string;
    environment: WorkloadEnvironment;
    changed(): void;
  }) {
    this.record = options.record;
    this.directory = options.directory;
    this.#environment = options.environment;
    this.#changed = options.changed;
    this.#filesDirectory = path.join(this.directory, 'files');
    this.log = new InstanceLog(this.directory, this.record.spec.releaseId);
    this.#mounts = new InstanceMounts(
      this.record,
      {
        root: this.#filesDirectory,
        mounts: path.join(this.directory, 'mounts'),
      },
      options.environment,
    );
    this.#replicas = this.record.replicas.map(replica =>
      this.#supervise(replica),
    );
  }

  get health(): InstanceHealth {
    const { desired } = this.record;
    if (desired === 'starting') {
      return { health: 'starting' };
    }
    return desired === 'running' && this.#replicas.length > 0
      ? healthOfReplicas(this.#replicas.map(({ health }) => health))
      : {
          health: 'stopped',
          ...(this.#failure && { message: this.#failure }),
        };
  }

  get endpoint(): Endpoint | undefined {
    return this.#next()?.endpoint;
  }

  get pids(): number[] {
    return this.#replicas.flatMap(({ pid }) => pid ?? []);
  }

  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  get readyCount(): number {
    return this.#replicas.filter(({ endpoint }) => endpoint).length;
  }

  async start(files: ReleaseFile[], progress: Progress): Promise<void> {
    const { spec } = this.record;
    try {
      this.#changed();
      progress(`Unpacking ${spec.artifact.digest.slice(0, 19)}…`);
      await unpackArtifact(spec.artifact, this.#filesDirectory);
      await this.#mounts.prepare(files, progress);
      await this.#begin(this.#replicas, progress);
      this.#requireWanted();
      this.record.desired = 'running';
      this.record.failure = undefined;
      this.#environment.note();
      this.#changed();
      progress(`${spec.label} is ready.`);
    } catch (error) {
      const failure: Failure =
        error instanceof AgentError
          ? error.toFailure()
          : { message: `${spec.label} could not be started: ${String(error)}` };
      if (this.#replicas.some(({ hasProcess }) => hasProcess)) {
        shownLines(this.log).forEach(({ text }) => progress(`| ${text}`));
      }
      await this.#endAll(0);
      this.record.failure = failure;
      this.#failure = failure.message;
      this.#forget();
      this.#changed();
      throw error;
    }
  }

  /** Makes an instance run as it did before the agent ended: adopts its processes, or starts them again. */
  resume(): void {
    if (this.record.desired === 'running') {
      this.#replicas.forEach(replica => replica.resume());
      return;
    }
    this.suspend({ drain: false })
      .then(() => this.#forget())
      .catch(error => this.#environment.logger.warn(String(error)));
  }

  async isReady(timeoutMs: number): Promise<boolean> {
    return (await this.whenReady(timeoutMs)) !== undefined;
  }

  async whenReady(timeoutMs: number): Promise<Endpoint | undefined> {
    if (!this.endpoint && timeoutMs > 0) {
      await this.#readiness.wait(timeoutMs);
    }
    return this.endpoint;
  }

  async enter(holdMs: number): Promise<Entry | undefined> {
    // Counted before it waits, so that the instance does not end meanwhile.
    const leave = this.#inFlight.enter();
    const isLoop = this.health.health === 'crash-looping';
    await this.whenReady(isLoop ? 0 : holdMs);
    const replica = this.#next();
    if (!replica?.endpoint) {
      leave();
      return undefined;
    }
    this.#turn += 1;
    const leaveReplica = replica.inFlight.enter();
    return {
      endpoint: replica.endpoint,
      leave: () => {
        leaveReplica();
        leave();
      },
    };
  }

  async scale(count: number, progress: Progress): Promise<void> {
    const surplus = this.#replicas.slice(count);
    const added = Array.from({ length: count - this.#replicas.length }, () =>
      this.#add({}),
    );
    await this.#beginOrDrop(added, progress);
    this.record.replicaCount = count;
    this.#environment.note();
    await Promise.all(surplus.map(replica => this.#drop(replica)));
    this.#changed();
  }

  async restart(key: string, progress: Progress): Promise<void> {
    for (const old of [...this.#replicas]) {
      if (old.record.restart === key) {
        continue;
      }
      // There is one too many where the restart goes on after the agent died in it.
      if (this.#replicas.length <= this.record.replicaCount) {
        await this.#beginOrDrop([this.#add({ restart: key })], progress);
      }
      await this.#drop(old);
    }
    this.record.restarts = 0;
    this.#changed();
  }

  /** Lets requests finish, then stops it for good. */
  async stop(options: { drain: boolean }): Promise<void> {
    if (this.record.desired !== 'stopped') {
      this.record.desired = 'stopping';
      this.#environment.persist();
    }
    await this.suspend(options);
    this.#forget();
    this.#changed();
  }

  async suspend(options: { drain: boolean }): Promise<void> {
    this.#isSuspended = true;
    const { gracePeriodMs } = this.record.spec;
    if (options.drain) {
      await this.#inFlight.drained(gracePeriodMs);
    }
    this.#replicas.forEach(replica => replica.adopt());
    await this.#endAll(gracePeriodMs);
    this.#environment.note();
    this.#changed();
  }

  /** The ready one with the fewest requests. */
  #next(): Replica | undefined {
    const ready = this.#replicas.filter(({ endpoint }) => endpoint);
    const fewest = Math.min(...ready.map(({ inFlight }) => inFlight.count));
    const free = ready.filter(({ inFlight }) => inFlight.count === fewest);
    return free[this.#turn % free.length];
  }

  #supervise(record: ReplicaRecord): Replica {
    return new Replica({
      instance: this.record,
      record,
      directory: this.directory,
      log: this.log,
      environment: this.#environment,
      changed: () => {
        if (this.readyCount > 0) {
          this.#readiness.wakeAll();
        }
        this.#changed();
      },
    });
  }

  #add(record: ReplicaRecord): Replica {
    const replica = this.#supervise(record);
    this.#replicas = [...this.#replicas, replica];
    this.record.replicas = [...this.record.replicas, record];
    return replica;
  }

  async #drop(replica: Replica): Promise<void> {
    const { gracePeriodMs } = this.record.spec;
    await replica.end({ drain: true, gracePeriodMs });
    this.#replicas = this.#replicas.filter(other => other !== replica);
    this.record.replicas = this.record.replicas.filter(
      other => other !== replica.record,
    );
    this.#environment.note();
  }

  /** Resolves when all are ready. Throws what went wrong with the first that isn't. */
  async #begin(replicas: Replica[], progress: Progress): Promise<void> {
    const results = await Promise.allSettled(
      replicas.map(replica => replica.begin(progress)),
    );
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') {
      throw failed.reason;
    }
  }

  async #beginOrDrop(replicas: Replica[], progress: Progress): Promise<void> {
    try {
      await this.#begin(replicas, progress);
    } catch (error) {
      await Promise.all(replicas.map(replica => this.#drop(replica)));
      throw error;
    }
  }

  /** It may have been stopped while it started. */
  #requireWanted(): void {
    if (this.record.desired !== 'starting') {
      throw new AgentError(
        'ConflictError',
        `${this.record.spec.label} was stopped.`,
      );
    }
  }

  async #endAll(gracePeriodMs: number): Promise<void> {
    await Promise.all(
      this.#replicas.map(replica =>
        replica.end({ drain: false, gracePeriodMs }),
      ),
    );
  }

  /** It is not to run any more. */
  #forget(): void {
    this.record.desired = 'stopped';
    this.#mounts.forget();
    this.#environment.note();
  }
}
