import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RunEvents } from '../RunEvents';
import type { RunKinds } from '../RunKinds';
import type { RunLog } from '../RunLog';
import type { RunSecrets } from '../RunSecrets';
import { insertApprovals, recordDecision } from '../store/decisions';
import { continueChain } from '../store/continueChain';
import { type AttemptEnd, endAttempt, holdBack } from '../store/endAttempt';
import {
  leaseStep,
  recoverSteps,
  releaseLeases,
  renewLeases,
} from '../store/leases';
import type { Claim, RunChange, StepLease } from '../store/RunChange';
import { startNextRun } from '../store/startNextRun';
import { beginWait } from '../store/beginWait';
import { type Chore, coalesced } from './Chore';
import type { RunQueue } from './RunQueue';
import type { Attempt, AttemptResult, StepExecutor } from './StepExecutor';
import { transactionWithRetry } from './transactionWithRetry';

/** How long a lease lasts without being renewed; after that, a step belongs to whoever takes it. */
const LEASE_MS = 10_000;
const RENEW_MS = 2_000;
/** How often this engine looks for what nobody announced. */
const SWEEP_MS = 1_000;
/** How long a queued step may lie around before it is announced again. */
const STALE_MS = 5_000;
/** How many steps one backend executes at a time. */
const MAX_STEPS = 40;
/** How many places one change keeps for what follows from it; other steps end meanwhile, and need some too. */
const MOST_AT_ONCE = 4;
/** The longest time from now for which this engine sets a timer of its own, in milliseconds. */
const NEAR_MS = 60_000;

/**
 * Executes steps. Guarantees: a step whose output was stored never executes again; at most one attempt's
 * result is stored, whichever engine it came from (the lease token fences the others); a step whose engine
 * died is executed again, by any engine, within {@link LEASE_MS} and one sweep; a run always ends or
 * waits in a state that has an exit.
 */
export class RunEngine {
  readonly #id = randomUUID();
  readonly #knex: Knex;
  readonly #queue: RunQueue;
  readonly #events: RunEvents;
  readonly #log: RunLog;
  readonly #secrets: RunSecrets;
  readonly #executor: StepExecutor;
  readonly #kinds: RunKinds;
  readonly #logger: LoggerService;
  readonly #attempts = new Map<string, Attempt>();
  /** The tokens of the attempts that take a place of this backend. */
  readonly #busy = new Set<string>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #slotWaiters: Array<() => void> = [];
  readonly #chores: Chore[] = [];
  #reserved = 0;
  #stopped = false;

  constructor(options: {
    knex: Knex;
    queue: RunQueue;
    events: RunEvents;
    log: RunLog;
    secrets: RunSecrets;
    executor: StepExecutor;
    kinds: RunKinds;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#queue = options.queue;
    this.#events = options.events;
    this.#log = options.log;
    this.#secrets = options.secrets;
    this.#executor = options.executor;
    this.#kinds = options.kinds;
    this.#logger = options.logger;
  }

  addChore(chore: Chore): void {
    this.#chores.push(coalesced(chore));
  }

  async start(): Promise<void> {
    await this.#queue.work(step => this.#take(step));
    await this.#sweep(0);
    this.#every(RENEW_MS, () => this.#renew());
    this.#every(SWEEP_MS, () => this.#sweep(STALE_MS));
  }

  /** Hands all work back for another engine to go on with, and takes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.forEach(clearInterval);
    for (const attempt of this.#attempts.values()) {
      attempt.lost = true;
    }
    await this.#log.flush();
    await this.#knex.transaction(async trx =>
      this.#queue.send(trx, await releaseLeases(trx, this.#id)),
    );
    await this.#queue.stop();
  }

  /**
   * Changes runs in one transaction, with all that follows: steps that may start are taken by this engine as far as it has room,
   * and announced to all engines otherwise; where a target is free, the next run starts. `work` may be called again
   * when the database refuses the first try.
   */
  async change(
    work: (
      trx: Knex.Transaction,
      claim: Claim,
    ) => Promise<RunChange | undefined>,
  ): Promise<void> {
    const free = this.#stopped ? 0 : Math.min(MOST_AT_ONCE, this.#free());
    this.#reserved += free;
    let changes: RunChange[] = [];
    try {
      changes = await transactionWithRetry(this.#knex, trx =>
        this.#collect(trx, work, free),
      );
    } finally {
      this.#reserved -= free;
      this.#slotWaiters.shift()?.();
    }
    this.#announce(changes);
  }

  async #collect(
    trx: Knex.Transaction,
    work: (
      trx: Knex.Transaction,
      claim: Claim,
    ) => Promise<RunChange | undefined>,
    free: number,
  ): Promise<RunChange[]> {
    const changes: RunChange[] = [];
    let left = free;
    const claim = () => ({ holder: this.#id, leaseMs: LEASE_MS, free: left });
    let change = await work(trx, claim());
    while (change) {
      changes.push(change);
      left -= change.leases.length;
      await this.#queue.send(trx, change.ready);
      change = change.freed
        ? await startNextRun(trx, change.run.target, claim())
        : undefined;
    }
    return changes;
  }

  /** Tells watchers, and begins with what this engine took. Called after the transaction. */
  #announce(changes: RunChange[]): void {
    for (const { run, ready, leases, ended } of changes) {
      this.#events.runChanged(run);
      leases.forEach(lease => this.#begin(lease));
      // The queue polls for delayed jobs; this engine needn't wait for that.
      for (const step of ready.filter(({ delayMs }) => delayMs > 0)) {
        this.#soon(step.delayMs + 5, () => this.#take(step));
      }
      if (run.state === 'cancelling') {
        this.#abort(run.id);
      }
      if (ended) {
        this.#log.forget(run.id);
        this.#secrets.forget(run.id);
      }
      if (ended || run.state === 'waiting') {
        this.#doChores(ended ? 'ended run' : 'waiting run');
      }
    }
  }

  #every(milliseconds: number, work: () => Promise<void>): void {
    const chore = coalesced({ sweep: work });
    const timer = setInterval(() => {
      chore
        .sweep()
        .catch(error =>
          this.#logger.warn(`The run engine will try again: ${error}`),
        );
    }, milliseconds);
    this.#timers.push(timer);
  }

  #soon(milliseconds: number, work: () => Promise<void>): void {
    if (milliseconds < NEAR_MS) {
      setTimeout(() => {
        work().catch(error =>
          this.#logger.warn(`The run engine will try again: ${error}`),
        );
      }, milliseconds).unref();
    }
  }

  async #sweep(staleMs: number): Promise<void> {
    // A chore that takes long must not keep a dead engine's steps from being taken over.
    this.#doChores();
    await this.#knex.transaction(async trx => {
      await this.#queue.send(trx, await recoverSteps(trx, staleMs));
    });
  }

  /** @param cause - what happened; left out, it is time for everything */
  #doChores(cause?: Chore['wakesOn']): void {
    for (const chore of this.#chores) {
      if (cause && chore.wakesOn !== cause) {
        continue;
      }
      chore
        .sweep()
        .catch(error =>
          this.#logger.warn(`The run engine will try again: ${error}`),
        );
    }
  }

  async #renew(): Promise<void> {
    const attempts = [...this.#attempts.values()];
    if (attempts.length === 0) {
      return;
    }
    const { lost, cancelling } = await renewLeases(
      this.#knex,
      attempts.map(attempt => attempt.lease.token),
      LEASE_MS,
    );
    for (const attempt of attempts) {
      if (lost.includes(attempt.lease.token)) {
        attempt.lost = true;
        attempt.controller.abort(new Error('The lease was lost.'));
      }
    }
    cancelling.forEach(runId => this.#abort(runId));
  }

  #abort(runId: string): void {
    for (const { lease, controller } of this.#attempts.values()) {
      if (lease.run.id === runId && !controller.signal.aborted) {
        controller.abort(new Error('cancelled'));
      }
    }
  }

  #free(): number {
    return Math.max(0, MAX_STEPS - this.#busy.size - this.#reserved);
  }

  async #take(step: { runId: string; stepId: string }): Promise<void> {
    while (this.#free() === 0 && !this.#stopped) {
      await new Promise<void>(resolve => this.#slotWaiters.push(resolve));
    }
    if (this.#stopped) {
      return;
    }
    const lease = await leaseStep(this.#knex, step, {
      holder: this.#id,
      leaseMs: LEASE_MS,
      free: 1,
    });
    if (lease) {
      this.#events.runChanged(lease.run);
      this.#begin(lease);
    }
  }

  /** Works on a step that this engine holds; the lease guards it from here on. */
  #begin(lease: StepLease): void {
    const attempt = { lease, controller: new AbortController(), lost: false };
    this.#attempts.set(lease.token, attempt);
    if (!this.#kinds.worksElsewhere(lease)) {
      this.#busy.add(lease.token);
    }
    this.#executor
      .execute(attempt)
      .then(result => this.#end(attempt, result))
      .catch(error =>
        this.#logger.warn(
          `Step ${lease.stepId} of run ${lease.run.id} will be taken up again: ${error}`,
        ),
      )
      .finally(() => {
        this.#attempts.delete(lease.token);
        this.#busy.delete(lease.token);
        this.#slotWaiters.shift()?.();
      });
  }

  /** Goes on with the next step at once where the run is a chain of steps; `false` where the long way has to be taken. */
  async #continue(lease: StepLease, end: AttemptEnd): Promise<boolean> {
    const { run, stepId } = lease;
    const nextStepId =
      end.state === 'succeeded' && !lease.undoes
        ? this.#kinds.nextInChain(run.kind, run.kind_version, stepId)
        : undefined;
    if (!nextStepId || end.state !== 'succeeded') {
      return false;
    }
    const next = await continueChain(this.#knex, lease, end, nextStepId, {
      holder: this.#id,
      leaseMs: LEASE_MS,
      free: 1,
    });
    if (!next) {
      return false;
    }
    this.#events.runChanged(next.run);
    this.#begin(next);
    return true;
  }

  async #end(attempt: Attempt, result: AttemptResult): Promise<void> {
    const { lease } = attempt;
    if (!result || attempt.lost || this.#stopped) {
      return;
    }
    // Its own place is free for what follows.
    this.#attempts.delete(lease.token);
    this.#busy.delete(lease.token);
    if ('end' in result) {
      if (await this.#continue(lease, result.end)) {
        return;
      }
      await this.change((trx, claim) =>
        endAttempt(trx, lease, result.end, this.#secrets, claim),
      );
    } else if ('wait' in result) {
      await this.change((trx, claim) =>
        beginWait(trx, lease, result.wait, this.#secrets, claim),
      );
      if ('dueInMs' in result.wait && result.wait.kind === 'time') {
        this.#soon(result.wait.dueInMs + 5, async () => this.#doChores());
      }
    } else {
      const { decision, missing } = result.hold;
      await this.change(trx =>
        holdBack(trx, lease, async () => {
          await recordDecision(trx, lease.run.id, decision);
          await insertApprovals(trx, lease.run.id, missing);
        }),
      );
    }
  }
}
