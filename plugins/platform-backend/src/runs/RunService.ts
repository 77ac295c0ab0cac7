import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  Page,
  Run,
  RunFilter,
  RunLogLine,
  RunPlan,
  RunStreamEvent,
  StartRunRequest,
} from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parse } from '../http';
import type { RunEngine } from './engine/RunEngine';
import { isId } from './isId';
import type { RunEvents } from './RunEvents';
import type { RunKinds } from './RunKinds';
import {
  requireAllowed,
  requireShown,
  type RunPlanner,
  type StartRun,
} from './RunPlanner';
import { readLogLines } from './runLogLines';
import { type Companion, streamRun } from './RunStream';
import { approvalsFor, decisionRequest } from './ruling';
import type { Ruling } from './Rules';
import { stepsOfKind } from './stepsOfKind';
import {
  cancelRun,
  giveUpRun,
  releaseRun,
  retryRun,
  undoRun,
} from './store/controlRun';
import { grantedApprovals, recordDecision } from './store/decisions';
import { insertRun } from './store/insertRun';
import { listRuns } from './store/listRuns';
import { readRun } from './store/readRun';
import type { RunRow } from './store/rows';

/** Who asks. */
interface Asker {
  /** The entity reference of the person. */
  userRef: string;
}

/** What the rest of the platform, and its API, do with runs. */
export class RunService {
  readonly #knex: Knex;
  readonly #engine: RunEngine;
  readonly #planner: RunPlanner;
  readonly #events: RunEvents;
  readonly #kinds: RunKinds;
  readonly #retryHooks: Array<
    (trx: Knex.Transaction, runId: string) => Promise<void>
  > = [];

  constructor(options: {
    knex: Knex;
    engine: RunEngine;
    planner: RunPlanner;
    events: RunEvents;
    kinds: RunKinds;
  }) {
    this.#knex = options.knex;
    this.#engine = options.engine;
    this.#planner = options.planner;
    this.#events = options.events;
    this.#kinds = options.kinds;
  }

  /** Prepares what belongs to a run for another go, in the transaction of its retry. */
  onRetry(hook: (trx: Knex.Transaction, runId: string) => Promise<void>): void {
    this.#retryHooks.push(hook);
  }

  /**
   * Stores a run and starts it, puts it in line, or lets it wait for the approvals it needs. `record` writes what belongs to the
   * run in the same transaction; it is not called when the idempotency key is known. Throws `NotAllowedError`
   * where the rules deny it, `ServiceUnavailableError` where they could not be asked.
   */
  async start(
    request: StartRun,
    record?: (trx: Knex.Transaction, runId: string) => Promise<void>,
  ): Promise<Run> {
    const known = await this.#findByKey(request.idempotencyKey);
    if (known) {
      return this.get(known);
    }
    const { kind, input, title, changes, ruling } =
      await this.#planner.plan(request);
    requireAllowed(ruling);
    requireShown(request, changes);
    const { decision, approvals } = ruling;
    const started = decision.effect === 'needs-approval' ? 'waiting' : 'queued';
    let id: string = randomUUID();
    await this.#engine.change(async trx => {
      const inserted = await insertRun(trx, {
        ...request,
        id,
        input,
        kindVersion: kind.version,
        title,
        state: request.hold ? 'planned' : started,
        priority: request.priority ?? 0,
        changes,
        steps: stepsOfKind(kind),
        decision,
        approvals,
      });
      if ('existing' in inserted) {
        id = inserted.existing.id;
        return undefined;
      }
      await record?.(trx, id);
      return inserted.change;
    });
    return this.get(id);
  }

  /**
   * Starts a run of a kind that says what its input acts on. Throws `ConflictError` where the idempotency key was used for
   * something else.
   */
  async startByRequest(
    request: StartRunRequest & { hold?: boolean },
    caller: Asker,
    idempotencyKey?: string,
  ): Promise<Run> {
    const start = await this.#startOf(request, caller);
    const run = await this.start({
      ...start,
      hold: request.hold,
      idempotencyKey,
    });
    if (run.kind !== start.kind || !isDeepStrictEqual(run.input, start.input)) {
      throw new ConflictError(
        `This idempotency key started "${run.title}" (${run.id}) with another input. Use a new key for a new run.`,
      );
    }
    return run;
  }

  /** What a run would do, and what the rules say to it. */
  async plan(request: StartRunRequest, caller: Asker): Promise<RunPlan> {
    return this.#planner.describe(await this.#startOf(request, caller));
  }

  /** The same for a run that another part of the platform would start. */
  describe(request: StartRun): Promise<RunPlan> {
    return this.#planner.describe(request);
  }

  /** Starts a planned run; the rules are asked anew. */
  async startPlanned(id: string, caller: Asker): Promise<Run> {
    const { ruling, missing } = await this.#ask(id, caller, 'start');
    await this.#engine.change(async trx => {
      const change = await releaseRun(trx, id, missing, caller.userRef);
      await recordDecision(trx, id, ruling.decision);
      return change;
    });
    return this.get(id);
  }

  /** Cancels at once what hasn't begun, and asks running steps to stop. */
  async cancel(id: string): Promise<Run> {
    await this.get(id);
    await this.#engine.change(trx => cancelRun(trx, id));
    return this.get(id);
  }

  /**
   * Goes on from where a run stopped. Throws `ConflictError` where its kind has changed since, and this portal no longer has
   * the version it was planned with.
   */
  async retry(id: string, caller?: Asker): Promise<Run> {
    const run = await this.get(id);
    this.#requireKind(run, 'retried');
    const action = run.phase === 'undo' ? 'undo' : 'retry';
    const asker = caller ?? { userRef: run.requestedBy };
    const { ruling, missing } = await this.#ask(id, asker, action);
    await this.#engine.change(async trx => {
      const change = await retryRun(trx, id, missing, asker.userRef);
      for (const reopen of this.#retryHooks) {
        await reopen(trx, id);
      }
      await recordDecision(trx, id, ruling.decision);
      return change;
    });
    return this.get(id);
  }

  /** Takes back what a failed or cancelled run did, the last step first. */
  async undo(id: string, caller: Asker): Promise<Run> {
    const run = await this.get(id);
    const kind = this.#requireKind(run, 'undone');
    const undoable = kind.steps.filter(({ undo }) => undo !== undefined);
    const { ruling, missing } = await this.#ask(id, caller, 'undo');
    await this.#engine.change(async trx => {
      const change = await undoRun(trx, id, undoable, missing, caller.userRef);
      await recordDecision(trx, id, ruling.decision);
      return change;
    });
    return this.get(id);
  }

  /** Ends the matter of a failed or cancelled run; what remains of it stays listed. */
  async giveUp(id: string, caller: Asker): Promise<Run> {
    await this.get(id);
    await this.#engine.change(trx => giveUpRun(trx, id, caller.userRef));
    return this.get(id);
  }

  async get(id: string): Promise<Run> {
    const run = isId(id) ? await readRun(this.#knex, id) : undefined;
    if (!run) {
      throw new NotFoundError(`There is no run ${id}.`);
    }
    return run;
  }

  list(
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Run>> {
    return listRuns(this.#knex, filter, page);
  }

  /** At most `limit` lines of a run's log after a sequence, in order. */
  async log(id: string, after: number, limit: number): Promise<RunLogLine[]> {
    const run = await this.get(id);
    return readLogLines(this.#knex, run.id, after, limit);
  }

  /** A run and its log from the beginning, then whatever changes, until the run has ended or the signal aborts. */
  stream(
    id: string,
    signal: AbortSignal,
    companion: Companion = async () => undefined,
  ): AsyncIterable<RunStreamEvent> {
    return streamRun({
      id,
      signal,
      companion,
      events: this.#events,
      read: () => this.get(id),
      readLog: (after, limit) => readLogLines(this.#knex, id, after, limit),
    });
  }

  async #startOf(request: StartRunRequest, caller: Asker): Promise<StartRun> {
    const kind = this.#kinds.latest(request.kind);
    if (!kind.subject) {
      throw new InputError(
        `Runs of kind "${kind.id}" are started by the platform itself.`,
      );
    }
    const input = parse(kind.input, request.input);
    return {
      ...(await kind.subject(input)),
      kind: kind.id,
      input,
      requestedBy: caller.userRef,
      goldenPath: request.goldenPath,
      planDigest: request.planDigest,
    };
  }

  async #ask(
    id: string,
    caller: Asker,
    action: 'start' | 'retry' | 'undo',
  ): Promise<{ ruling: Ruling; missing: Ruling['approvals'] }> {
    const row = await this.#knex<RunRow>('runs').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no run ${id}.`);
    }
    const ruling = await this.#planner.decide(
      decisionRequest({ ...row, acting: caller.userRef }, action, 'plan'),
    );
    const granted = await this.#knex.transaction(trx =>
      grantedApprovals(trx, id),
    );
    const missing =
      ruling.decision.effect === 'needs-approval'
        ? approvalsFor(action, ruling.approvals).filter(
            ({ decider }) => !granted.has(decider),
          )
        : [];
    return { ruling, missing };
  }

  #requireKind(run: Run, what: string): RunKind {
    const kind = this.#kinds.find(run.kind, run.kindVersion);
    if (!kind) {
      throw new ConflictError(
        `This run was planned with version ${run.kindVersion} of ${run.kind}, which this portal no longer has, so it can't be ${what}. Start a new one, and give this one up: what remains of it stays listed.`,
      );
    }
    return kind;
  }

  async #findByKey(key: string | undefined): Promise<string | undefined> {
    const row =
      key === undefined
        ? undefined
        : await this.#knex('runs').where({ idempotency_key: key }).first('id');
    return row?.id;
  }
}
