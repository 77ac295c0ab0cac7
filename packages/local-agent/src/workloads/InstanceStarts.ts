import { mkdirSync } from 'node:fs';
import type { StartRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError, explainDiskError } from '../AgentError';
import type { Instance } from './Instance';
import { isSameStart, toInstanceSpec } from './InstanceSpec';
import type { InstanceRecord } from './types';

type Progress = (text: string) => void;

/** Starts of the instances of a workload: one that is under way is joined, and not begun twice. */
export class InstanceStarts {
  readonly #find: (instanceId: string) => Instance | undefined;
  readonly #add: (record: InstanceRecord) => Instance;
  readonly #underWay = new Map<
    string,
    { done: Promise<void>; watchers: Set<Progress> }
  >();

  /** @param options - `add`: supervises an instance, and puts it on record in the place of one of the same id */
  constructor(options: {
    find(instanceId: string): Instance | undefined;
    add(record: InstanceRecord): Instance;
  }) {
    this.#find = options.find;
    this.#add = options.add;
  }

  /** One that runs is left alone, where it is what is wanted; anything else begins anew. */
  async start(
    instanceId: string,
    request: StartRequest,
    progress: Progress,
  ): Promise<void> {
    const underWay = this.#underWay.get(instanceId);
    if (underWay) {
      underWay.watchers.add(progress);
      await underWay.done;
      return;
    }
    const known = this.#find(instanceId);
    if (known?.record.desired === 'running') {
      await requireSame(known, request);
      return;
    }
    const watchers = new Set([progress]);
    const done = this.#startAnew(known, instanceId, request, text =>
      watchers.forEach(watcher => watcher(text)),
    ).finally(() => this.#underWay.delete(instanceId));
    this.#underWay.set(instanceId, { done, watchers });
    await done;
  }

  /** Resolves when the start of an instance is over, if one is under way. */
  async over(instanceId: string): Promise<void> {
    await this.#underWay.get(instanceId)?.done.catch(() => undefined);
  }

  async #startAnew(
    known: Instance | undefined,
    instanceId: string,
    request: StartRequest,
    progress: Progress,
  ): Promise<void> {
    const spec = toInstanceSpec(request);
    await known?.stop({ drain: false });
    const replicaCount = request.replicas ?? 1;
    try {
      const instance = this.#add({
        instanceId,
        spec,
        mounts: [],
        desired: 'starting',
        createdAt: new Date().toISOString(),
        restarts: 0,
        replicas: Array.from({ length: replicaCount }, () => ({})),
        replicaCount,
      });
      mkdirSync(instance.directory, { recursive: true, mode: 0o755 });
      await instance.start(request.files, progress);
    } catch (error) {
      throw explainDiskError(error, `${spec.label} could not be started`);
    }
  }
}

async function requireSame(
  known: Instance,
  request: StartRequest,
): Promise<void> {
  const spec = toInstanceSpec(request);
  const { label } = known.record.spec;
  if (!isSameStart(known.record.spec, spec)) {
    throw new AgentError(
      'ConflictError',
      `${label} already runs with another artifact, command or configuration.`,
      'Give the changed instance an id of its own.',
    );
  }
  if (!(await known.isReady(spec.readinessTimeoutMs))) {
    throw new AgentError(
      'OperationFailedError',
      known.health.message ?? `${spec.label} does not become ready.`,
    );
  }
}
