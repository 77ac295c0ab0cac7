import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  type PlannedChange,
  RESOURCE_RUN_KINDS,
  type Run,
} from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  runEndedEvent,
  type StepContext,
  type Wait,
  waitForEvent,
} from '@slipway/plugin-platform-node';
import { createHash } from 'node:crypto';
import { planDigest, type RunService } from '../../runs';
import { resourceTarget } from '../names';
import type { PlanOf } from './planOf';

/** How long a run on a resource may take, approvals included, in milliseconds. */
const RUN_END_MS = 30 * 24 * 60 * 60_000;
const ACTIVE = [
  'waiting',
  'queued',
  'running',
  'cancelling',
  'undoing',
] as const;

/** For which step of which run runs on resources are started. */
export interface OnBehalfOf {
  /** The run, as it was when the step began. */
  run: Run;
  /** When this go of the step began, ISO 8601: what failed before is tried anew. */
  since: string;
  requestedBy: string;
  log(text: string): void;
}

/** The runs on resources that other runs start, and wait for. */
export class ResourceRuns {
  readonly #runs: RunService;
  readonly #planOf: PlanOf;
  readonly #runUrl: (id: string) => string;

  constructor(options: {
    runs: RunService;
    planOf: PlanOf;
    /** The page of a run. */
    runUrl(id: string): string;
  }) {
    this.#runs = options.runs;
    this.#planOf = options.planOf;
    this.#runUrl = options.runUrl;
  }

  /** @param stepId - the step that is executing */
  async onBehalfOf(
    {
      runId,
      requestedBy,
      log,
    }: Pick<StepContext, 'runId' | 'requestedBy' | 'log'>,
    stepId: string,
  ): Promise<OnBehalfOf> {
    const run = await this.#runs.get(runId);
    const step = run.steps.find(({ id }) => id === stepId);
    return { run, since: step?.startedAt ?? run.createdAt, requestedBy, log };
  }

  get(id: string): Promise<Run> {
    return this.#runs.get(id);
  }

  plan: PlanOf = (kind, input) => this.#planOf(kind, input);

  /** What is under way to make resources for a service; in one environment, where it is named. */
  async making(service: string, environment?: string): Promise<Run[]> {
    const { items } = await this.#runs.list(
      {
        service,
        environment,
        kind: RESOURCE_RUN_KINDS.provision,
        state: [...ACTIVE],
      },
      { limit: 100 },
    );
    return items;
  }

  /** What is under way on what has this name; what is only planned isn't. */
  async active(resource: { environment: string; name: string }) {
    const { items } = await this.#runs.list(
      { target: resourceTarget(resource), state: [...ACTIVE] },
      { limit: 100 },
    );
    return items;
  }

  /** Runs on what has this name that were planned and wait for somebody to start them. */
  async held(resource: { environment: string; name: string }) {
    const { items } = await this.#runs.list(
      { target: resourceTarget(resource), state: ['planned'] },
      { limit: 100 },
    );
    return items;
  }

  /** Whether a run on this resource was ever to destroy it. */
  async wasToBeDestroyed(resource: {
    id: string;
    environment: string;
    name: string;
  }): Promise<boolean> {
    const { items } = await this.#runs.list(
      {
        target: resourceTarget(resource),
        kind: RESOURCE_RUN_KINDS.destroy,
      },
      { limit: 100 },
    );
    return items.some(({ input }) => input.resourceId === resource.id);
  }

  /**
   * A run of this kind for a step, the same one however often the step executes. One that failed in an earlier go of the step is followed by
   * another; throws `OperationFailedError` where one has failed in this.
   *
   * @param options - `losses`: whether data may be lost that the run's own plan didn't name
   */
  async start(
    kind: string,
    input: JsonObject,
    behalf: OnBehalfOf,
    options: { losses: 'as planned' | 'agreed' } = { losses: 'as planned' },
  ): Promise<Run> {
    const changes = await this.#planOf(kind, input);
    if (options.losses === 'as planned') {
      requireKnownLosses(changes, behalf);
    }
    for (let go = 1; ; go += 1) {
      const run = await this.#runs.startByRequest(
        { kind, input, planDigest: planDigest(changes) },
        { userRef: behalf.requestedBy },
        keyOf(behalf, kind, input, go),
      );
      if (!isFinalRunState(run.state) || run.state === 'succeeded') {
        return run;
      }
      this.requireOld(run, behalf);
    }
  }

  /** Goes on with a run that failed before this go of the step. Throws `OperationFailedError` where it failed in this. */
  async retry(run: Run, behalf: OnBehalfOf): Promise<Run> {
    this.requireOld(run, behalf);
    behalf.log(`Retrying "${run.title}".`);
    return this.#runs.retry(run.id, { userRef: behalf.requestedBy });
  }

  /** Throws `OperationFailedError` that says what happened where a run came to a bad end in this go of the step. */
  requireOld(run: Run, { since }: OnBehalfOf): void {
    if (run.endedAt !== undefined && run.endedAt >= since) {
      const { message, hint } = run.failure ?? {};
      throw new OperationFailedError({
        message: `"${run.title}" ${run.state === 'cancelled' ? 'was cancelled' : 'failed'}${message ? `: ${message}` : '.'}`,
        hint: `${hint ? `${hint} ` : ''}Then retry this run, and it goes on from there: ${this.#runUrl(run.id)}`,
      });
    }
  }

  waitFor(run: Run): Wait {
    return waitForEvent({
      key: runEndedEvent(run.id),
      reason: `the end of "${run.title}"`,
      timeoutMs: RUN_END_MS,
    });
  }

  /** Stores the plan to destroy a resource, for somebody to start. */
  holdRemoval(
    resourceId: string,
    behalf: Pick<OnBehalfOf, 'run' | 'requestedBy'>,
  ): Promise<Run> {
    const kind = RESOURCE_RUN_KINDS.destroy;
    const input = { resourceId };
    return this.#runs.startByRequest(
      { kind, input, hold: true },
      { userRef: behalf.requestedBy },
      keyOf(behalf, kind, input, 1),
    );
  }

  cancel(id: string): Promise<Run> {
    return this.#runs.cancel(id);
  }

  /** The page of a run. */
  urlOf({ id }: Pick<Run, 'id'>): string {
    return this.#runUrl(id);
  }
}

/** What a deployment does was shown, or is known to those who let it go by itself: it loses no data that they weren't told of. */
function requireKnownLosses(
  changes: PlannedChange[],
  { run }: OnBehalfOf,
): void {
  const unknown = changes.find(
    ({ what, dataLoss }) =>
      dataLoss !== undefined &&
      !run.changes.some(
        known => known.what === what && known.dataLoss === dataLoss,
      ),
  );
  if (unknown) {
    throw new OperationFailedError({
      message: `To ${unknown.action} ${unknown.what} would lose data, and the plan of this run didn't say so: ${unknown.dataLoss} Nothing was done about it.`,
      hint: 'Deploy it anew: the plan says so then.',
    });
  }
}

/** A key is for one input: where the input is another, it is another run. */
function keyOf(
  { run }: Pick<OnBehalfOf, 'run'>,
  kind: string,
  input: JsonObject,
  go: number,
): string {
  const digest = createHash('sha256').update(JSON.stringify(input));
  return `${run.kind}:${run.id}:${kind}:${digest.digest('base64url').slice(0, 16)}:${go}`;
}
