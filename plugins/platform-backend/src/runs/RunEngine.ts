import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Failure } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type RunKind,
  type StepDefinition,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RunEvents } from './RunEvents';
import type { RunLog } from './RunLog';
import type { RunQueue } from './RunQueue';
import type { RunChange, RunStore, StepLease } from './RunStore';

/** How long a lease lasts without being renewed; after that, a step belongs to whoever takes it. */
const LEASE_MS = 10_000;
const RENEW_MS = 2_000;
/** How long a queued step may lie around before it is announced again. */
const STALE_MS = 5_000;
/** How many steps one backend executes at a time. */
const MAX_STEPS = 40;
const DEFAULT_RETRY = { attempts: 3, delayMs: 1_000 };
const DEFAULT_TIMEOUT_MS = 15 * 60_000;

class StepTimeoutError extends Error {}

interface Attempt {
  lease: StepLease;
  controller: AbortController;
  /** Set when the lease was lost: whatever the attempt still does no longer counts. */
  lost: boolean;
}

/**
 * Executes steps. Guarantees: a step whose output was stored never executes again; at most one attempt's
 * result is stored, whichever engine it came from (the lease token fences the others); a step whose engine
 * died is executed again, by any engine, within {@link LEASE_MS} and one sweep; a run always ends or
 * waits in a state that has an exit.
 */
export class RunEngine {
  readonly #id = randomUUID();
  readonly #store: RunStore;
  readonly #queue: RunQueue;
  readonly #events: RunEvents;
  readonly #log: RunLog;
  readonly #kinds: ReadonlyMap<string, RunKind>;
  readonly #logger: LoggerService;
  readonly #attempts = new Map<string, Attempt>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #slotWaiters: Array<() => void> = [];
  #stopped = false;

  constructor(options: {
    store: RunStore;
    queue: RunQueue;
    events: RunEvents;
    log: RunLog;
    kinds: ReadonlyMap<string, RunKind>;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#queue = options.queue;
    this.#events = options.events;
    this.#log = options.log;
    this.#kinds = options.kinds;
    this.#logger = options.logger;
  }

  async start(): Promise<void> {
    await this.#queue.work(step => this.#take(step));
    await this.#sweep(0);
    this.#every(RENEW_MS, () => this.#renew());
    this.#every(RENEW_MS, () => this.#sweep(STALE_MS));
  }

  /** Hands all work back for another engine to go on with, and takes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.forEach(clearInterval);
    for (const attempt of this.#attempts.values()) {
      attempt.lost = true;
    }
    await this.#log.flush();
    await this.#store.release(this.#id);
    await this.#queue.stop();
  }

  /** Announces what follows from a change, in its transaction, and starts whoever waited for its target. */
  async commit(trx: Knex.Transaction, change: RunChange): Promise<RunChange[]> {
    const changes = [change];
    if (change.ended) {
      const next = await this.#store.startNext(trx, change.run.target);
      if (next) {
        changes.push(next);
      }
    }
    for (const { ready } of changes) {
      await this.#queue.send(trx, ready);
    }
    return changes;
  }

  /** Tells watchers, and the kinds of runs that ended. Called after the transaction. */
  announce(changes: RunChange[]): void {
    for (const { run, ready, ended } of changes) {
      this.#events.runChanged(run);
      // The queue polls for delayed jobs; this engine needn't wait for that.
      for (const step of ready.filter(({ delayMs }) => delayMs > 0)) {
        setTimeout(() => this.#takeQuietly(step), step.delayMs + 5).unref();
      }
      if (run.state === 'cancelling') {
        this.#abort(run.id);
      }
      if (ended) {
        this.#log.forget(run.id);
        this.#handleEnds().catch(error => this.#logger.error(String(error)));
      }
    }
  }

  #every(milliseconds: number, work: () => Promise<void>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (!busy) {
        busy = true;
        work()
          .catch(error =>
            this.#logger.warn(`The run engine will try again: ${error}`),
          )
          .finally(() => {
            busy = false;
          });
      }
    }, milliseconds);
    this.#timers.push(timer);
  }

  async #sweep(staleMs: number): Promise<void> {
    await this.#store.transaction(async trx => {
      await this.#queue.send(trx, await this.#store.recover(trx, staleMs));
    });
    await this.#handleEnds();
  }

  async #renew(): Promise<void> {
    const attempts = [...this.#attempts.values()];
    if (attempts.length === 0) {
      return;
    }
    const { lost, cancelling } = await this.#store.renew(
      attempts.map(attempt => attempt.lease.token),
      LEASE_MS,
    );
    for (const attempt of attempts) {
      if (lost.includes(attempt.lease.token)) {
        attempt.lost = true;
      }
    }
    cancelling.forEach(runId => this.#abort(runId));
  }

  #abort(runId: string): void {
    for (const { lease, controller } of this.#attempts.values()) {
      if (lease.runId === runId && !controller.signal.aborted) {
        controller.abort(new Error('cancelled'));
      }
    }
  }

  #takeQuietly(step: { runId: string; stepId: string }): void {
    this.#take(step).catch(error =>
      this.#logger.warn(`A step will be announced again: ${error}`),
    );
  }

  async #take(step: { runId: string; stepId: string }): Promise<void> {
    while (this.#attempts.size >= MAX_STEPS && !this.#stopped) {
      await new Promise<void>(resolve => this.#slotWaiters.push(resolve));
    }
    if (this.#stopped) {
      return;
    }
    const lease = await this.#store.lease(step, this.#id, LEASE_MS);
    if (!lease) {
      return;
    }
    const attempt = { lease, controller: new AbortController(), lost: false };
    this.#attempts.set(lease.token, attempt);
    // The job has done its part; the lease guards the step from here on.
    this.#execute(attempt)
      .catch(error =>
        this.#logger.warn(
          `Step ${lease.stepId} of run ${lease.runId} will be taken up again: ${error}`,
        ),
      )
      .finally(() => {
        this.#attempts.delete(lease.token);
        this.#slotWaiters.shift()?.();
      });
  }

  async #execute(attempt: Attempt): Promise<void> {
    const { lease } = attempt;
    const run = await this.#store.get(lease.runId);
    if (run) {
      this.#events.runChanged(run);
    }
    const kind = this.#kinds.get(lease.kind);
    const step = kind?.steps.find(({ id }) => id === lease.stepId);
    if (!kind || !step || kind.version !== lease.kindVersion) {
      await this.#end(attempt, trx =>
        this.#store.failStep(trx, lease, {
          message: `This portal doesn't know how to do "${lease.stepId}" of ${lease.kind} version ${lease.kindVersion}.`,
          hint: 'Start it again, so that it is done in the way this portal knows.',
        }),
      );
      return;
    }
    try {
      const output = await this.#executeStep(attempt, step);
      await this.#log.flush();
      await this.#end(attempt, trx =>
        this.#store.succeedStep(trx, lease, output ?? {}),
      );
    } catch (error) {
      await this.#fail(attempt, step, error as Error);
    }
  }

  async #executeStep(
    { lease, controller }: Attempt,
    step: StepDefinition,
  ): Promise<JsonObject | void> {
    const timeoutMs = step.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timer = setTimeout(
      () => controller.abort(new StepTimeoutError()),
      timeoutMs,
    );
    try {
      return await step.execute({
        runId: lease.runId,
        attempt: lease.attempt,
        input: lease.input,
        requestedBy: lease.requestedBy,
        idempotencyKey: `${lease.runId}:${lease.stepId}`,
        signal: controller.signal,
        log: text => this.#log.add(lease.runId, lease.stepId, text),
        output: <T extends JsonObject>(stepId: string) => {
          const output = lease.outputs[stepId];
          if (!output) {
            throw new Error(`Step "${stepId}" has no output to read.`);
          }
          return output as T;
        },
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async #fail(attempt: Attempt, step: StepDefinition, error: Error) {
    const { lease, controller } = attempt;
    if (attempt.lost || this.#stopped) {
      return;
    }
    const { reason } = controller.signal;
    if (controller.signal.aborted && !(reason instanceof StepTimeoutError)) {
      this.#log.add(lease.runId, lease.stepId, 'Cancelled.');
      await this.#log.flush();
      await this.#end(attempt, trx => this.#store.cancelStep(trx, lease));
      return;
    }
    const retry = step.retry ?? DEFAULT_RETRY;
    const failure = describe(error, step, controller.signal);
    const again =
      !(error instanceof OperationFailedError) &&
      !controller.signal.aborted &&
      lease.tries + 1 < retry.attempts;
    const delayMs = retry.delayMs * 2 ** lease.tries;
    if (!(error instanceof OperationFailedError)) {
      this.#logger.warn(
        `Step ${lease.stepId} of run ${lease.runId} failed`,
        error,
      );
    }
    this.#log.add(
      lease.runId,
      lease.stepId,
      again
        ? `${failure.message} Trying again in ${delayMs / 1000} s.`
        : failure.message,
    );
    await this.#log.flush();
    await this.#end(attempt, trx =>
      again
        ? this.#store.retryStep(trx, lease, failure, delayMs)
        : this.#store.failStep(trx, lease, failure),
    );
  }

  async #end(
    attempt: Attempt,
    store: (trx: Knex.Transaction) => Promise<RunChange | undefined>,
  ): Promise<void> {
    if (attempt.lost) {
      return;
    }
    const changes = await this.#store.transaction(async trx => {
      const change = await store(trx);
      return change ? this.commit(trx, change) : [];
    });
    this.announce(changes);
  }

  /** Tells kinds about runs that ended. A kind that throws is told again at the next sweep. */
  async #handleEnds(): Promise<void> {
    await this.#store.transaction(async trx => {
      for (const end of await this.#store.unhandledEnds(trx, 20)) {
        try {
          await this.#kinds.get(end.kind)?.ended?.(end);
          await this.#store.markEndHandled(trx, end.runId);
        } catch (error) {
          this.#logger.warn(
            `The end of run ${end.runId} will be handled again: ${error}`,
          );
        }
      }
    });
  }
}

function describe(
  error: Error,
  step: StepDefinition,
  signal: AbortSignal,
): Failure {
  if (error instanceof OperationFailedError) {
    return { message: error.message, hint: error.hint };
  }
  if (signal.aborted) {
    const minutes = (step.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 60_000;
    return {
      message: `"${step.title}" took longer than ${minutes} minutes and was stopped.`,
      hint: 'Retry it. If it happens again, ask the platform team.',
    };
  }
  return {
    message: `"${step.title}" failed: ${error.message}`,
    hint: 'Retry it. If it happens again, ask the platform team.',
  };
}
