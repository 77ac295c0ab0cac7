import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { WorkloadStatus } from '@slipway/plugin-platform-common';
import type { StartRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError, explainDiskError } from '../AgentError';
import { memoryOf } from '../processes/memoryOf';
import { ReleaseSupervisor, type ReleaseHealth } from './ReleaseSupervisor';
import {
  workloadName,
  type Endpoint,
  type ReleaseRecord,
  type WorkloadEnvironment,
  type WorkloadRecord,
} from './types';

type Progress = (text: string) => void;

/** A service in an environment: its releases, and which of them has the traffic. */
export class Workload {
  readonly record: WorkloadRecord;
  readonly name: string;
  readonly #environment: WorkloadEnvironment;
  readonly #changed: (workload: Workload) => void;
  readonly #directory: string;
  readonly #releases = new Map<string, ReleaseSupervisor>();
  readonly #starts = new Map<
    string,
    { done: Promise<void>; watchers: Set<Progress> }
  >();
  #last: ReleaseHealth & { releaseId?: string; since: string };

  constructor(
    record: WorkloadRecord,
    environment: WorkloadEnvironment,
    changed: (workload: Workload) => void,
  ) {
    this.record = record;
    this.name = workloadName(record.ref);
    this.#environment = environment;
    this.#changed = changed;
    this.#directory = path.join(environment.directory, this.name);
    this.#last = { health: 'stopped', since: new Date().toISOString() };
    record.releases.forEach(release => this.#supervise(release));
  }

  /** The releases whose files or logs are still here, oldest first. */
  get releases(): ReleaseSupervisor[] {
    return [...this.#releases.values()];
  }

  /** The release that has the traffic. */
  get serving(): ReleaseSupervisor | undefined {
    return this.#releases.get(this.record.servingReleaseId ?? '');
  }

  /** See `Runtime.observe`; the address is known to the caller only. */
  status(): WorkloadStatus {
    const { serving } = this;
    const { health, message, since } = this.#last;
    return {
      health,
      since,
      restarts: serving?.record.restarts ?? 0,
      ...(message && { message }),
      ...(serving && { releaseId: serving.record.releaseId }),
      ...memoryOf(serving?.pid),
    };
  }

  /**
   * Starts a release beside the one that serves. A start that is under way is joined, one that runs is
   * left alone, and anything else begins anew.
   */
  async start(
    releaseId: string,
    spec: StartRequest,
    progress: Progress,
  ): Promise<void> {
    const underWay = this.#starts.get(releaseId);
    if (underWay) {
      underWay.watchers.add(progress);
      await underWay.done;
      return;
    }
    const known = this.#releases.get(releaseId);
    if (known?.record.desired === 'running') {
      if (!isSameRelease(known.record.spec, spec)) {
        throw new AgentError(
          'ConflictError',
          `${known.record.spec.label} already runs with another artifact, command or configuration.`,
          'Give the changed release an id of its own.',
        );
      }
      if (!(await known.whenReady(spec.readinessTimeoutMs))) {
        throw new AgentError(
          'OperationFailedError',
          known.health.message ?? `${spec.label} does not become ready.`,
        );
      }
      return;
    }
    const watchers = new Set([progress]);
    const done = this.#startAnew(known, releaseId, spec, text =>
      watchers.forEach(watcher => watcher(text)),
    ).finally(() => this.#starts.delete(releaseId));
    this.#starts.set(releaseId, { done, watchers });
    await done;
  }

  async #startAnew(
    known: ReleaseSupervisor | undefined,
    releaseId: string,
    spec: StartRequest,
    progress: Progress,
  ): Promise<void> {
    await known?.stop({ drain: false });
    const record: ReleaseRecord = {
      releaseId,
      spec,
      desired: 'starting',
      createdAt: new Date().toISOString(),
      restarts: 0,
    };
    const release = this.#supervise(record);
    this.record.releases = [
      ...this.record.releases.filter(other => other.releaseId !== releaseId),
      record,
    ];
    try {
      mkdirSync(release.directory, { recursive: true, mode: 0o755 });
      this.#environment.persist();
    } catch (error) {
      throw explainDiskError(error, `${spec.label} could not be started`);
    }
    await release.start(progress);
  }

  /** Sends new requests to a release that is ready; the route is on record before this returns. */
  async switchTraffic(releaseId: string): Promise<void> {
    const release = this.#releases.get(releaseId);
    if (release?.record.desired !== 'running') {
      throw new AgentError(
        'ConflictError',
        `The release ${releaseId} of ${this.name} does not run, so it can't get the traffic.`,
        'Start it first.',
      );
    }
    // It may be on its way back after the agent was started again.
    if (!(await release.whenReady(release.record.spec.readinessTimeoutMs))) {
      throw new AgentError(
        'ConflictError',
        `${release.record.spec.label} is not ready, so it can't get the traffic. ${release.health.message ?? ''}`.trim(),
      );
    }
    const before = this.record.servingReleaseId;
    if (before !== releaseId) {
      this.record.servingReleaseId = releaseId;
      release.record.restarts = 0;
      try {
        this.#environment.persist();
      } catch (error) {
        this.record.servingReleaseId = before;
        throw explainDiskError(error, 'the new route could not be stored');
      }
      this.#refresh();
    }
  }

  /** Drains and stops every release but one, then drops the files of the oldest. */
  async retire(keepReleaseId: string): Promise<void> {
    if (this.record.servingReleaseId !== keepReleaseId) {
      throw new AgentError(
        'ConflictError',
        `The release ${keepReleaseId} of ${this.name} does not have the traffic, so the others have to stay.`,
        'Switch the traffic to it first.',
      );
    }
    await Promise.all(
      this.releases
        .filter(release => release.record.releaseId !== keepReleaseId)
        .filter(release => release.record.desired !== 'stopped')
        .map(release => release.stop({ drain: true })),
    );
    await this.#collectGarbage();
  }

  /** Stops a release that never got traffic; one that isn't here or doesn't run is fine. */
  async abandon(releaseId: string): Promise<void> {
    if (this.record.servingReleaseId === releaseId) {
      throw new AgentError(
        'ConflictError',
        `The release ${releaseId} of ${this.name} has the traffic, so it can't be abandoned.`,
        'Switch the traffic to another release, or remove the workload.',
      );
    }
    await this.#releases.get(releaseId)?.stop({ drain: false });
    await this.#starts.get(releaseId)?.done.catch(() => undefined);
    await this.#collectGarbage();
  }

  /** Stops everything and removes what it left on disk. */
  async remove(): Promise<void> {
    this.record.servingReleaseId = undefined;
    await Promise.all(
      this.releases.map(release => release.stop({ drain: true })),
    );
    this.#releases.clear();
    this.record.releases = [];
    await rm(this.#directory, { recursive: true, force: true });
    this.#refresh();
  }

  /** Where to send a request; waits briefly for a release that is coming up. */
  async endpoint(
    holdMs: number,
  ): Promise<{ endpoint: Endpoint; leave: () => void } | undefined> {
    const release = this.serving;
    if (!release) {
      return undefined;
    }
    const leave = release.inFlight.enter();
    const patience = release.health.health === 'crash-looping' ? 0 : holdMs;
    const endpoint = await release.whenReady(patience);
    if (!endpoint) {
      leave();
      return undefined;
    }
    return { endpoint, leave };
  }

  /** Makes everything run as it did before the agent ended. */
  resume(): void {
    this.releases
      .filter(release => release.record.desired !== 'stopped')
      .forEach(release => release.resume());
    this.#refresh();
  }

  #supervise(record: ReleaseRecord): ReleaseSupervisor {
    const release = new ReleaseSupervisor({
      record,
      directory: path.join(this.#directory, 'releases', record.releaseId),
      environment: this.#environment,
      changed: () => this.#refresh(),
    });
    this.#releases.delete(record.releaseId);
    this.#releases.set(record.releaseId, release);
    return release;
  }

  #refresh(): void {
    const { serving } = this;
    const starting = this.releases.find(
      release => release.health.health === 'starting',
    );
    const now = serving?.health ??
      starting?.health ?? { health: 'stopped' as const };
    const releaseId = serving?.record.releaseId;
    if (
      now.health !== this.#last.health ||
      now.message !== this.#last.message ||
      releaseId !== this.#last.releaseId
    ) {
      const since =
        now.health === this.#last.health
          ? this.#last.since
          : new Date().toISOString();
      this.#last = { ...now, releaseId, since };
      this.#changed(this);
    }
  }

  async #collectGarbage(): Promise<void> {
    const stopped = this.releases.filter(
      release =>
        release.record.desired === 'stopped' && release !== this.serving,
    );
    const surplus = stopped.slice(
      0,
      Math.max(0, stopped.length - this.#environment.tuning.keptReleases),
    );
    for (const release of surplus) {
      await rm(release.directory, { recursive: true, force: true });
      this.#releases.delete(release.record.releaseId);
      this.record.releases = this.record.releases.filter(
        record => record !== release.record,
      );
    }
    this.#environment.note();
  }
}

function isSameRelease(running: StartRequest, wanted: StartRequest): boolean {
  const essence = (spec: StartRequest) => [
    spec.artifact.digest,
    spec.command,
    spec.variables,
  ];
  return isDeepStrictEqual(essence(running), essence(wanted));
}
