import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Failure } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type RunKind,
  type StepDefinition,
  type UndoContext,
  Wait,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Callbacks } from '../Callbacks';
import type { Rules } from '../Rules';
import type { RunKinds } from '../RunKinds';
import type { RunLog } from '../RunLog';
import type { RunSecrets } from '../RunSecrets';
import { type AttemptEnd, storeRemains } from '../store/endAttempt';
import type { StepLease } from '../store/RunChange';
import type { RunRow } from '../store/rows';
import { type NewWait, openCallback } from '../store/beginWait';
import { ActGate, type GateResult } from './ActGate';
import { checkOutput } from './checkOutput';
import {
  DEFAULT_TIMEOUT_MS,
  describeFailure,
  StepTimeoutError,
} from './describeFailure';

const DEFAULT_RETRY = { attempts: 3, delayMs: 1_000 };
const DAY_MS = 24 * 60 * 60_000;

/** One attempt at a step by this engine. */
export interface Attempt {
  lease: StepLease;
  controller: AbortController;
  /** Set when the lease was lost: whatever the attempt still does no longer counts. */
  lost: boolean;
}

/** What an attempt came to. `undefined` where there is nothing to store: the step was put back or lost. */
export type AttemptResult =
  | { end: AttemptEnd }
  | { wait: NewWait | { callbackId: string } }
  | { hold: Exclude<GateResult, string> }
  | undefined;

/** Executes one attempt at a step, and says what became of it; storing that is the engine's business. */
export class StepExecutor {
  readonly #knex: Knex;
  readonly #kinds: RunKinds;
  readonly #rules: Rules;
  readonly #secrets: RunSecrets;
  readonly #callbacks: Callbacks;
  readonly #log: RunLog;
  readonly #logger: LoggerService;
  readonly #gate: ActGate;

  constructor(options: {
    knex: Knex;
    kinds: RunKinds;
    rules: Rules;
    secrets: RunSecrets;
    callbacks: Callbacks;
    log: RunLog;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#kinds = options.kinds;
    this.#rules = options.rules;
    this.#secrets = options.secrets;
    this.#callbacks = options.callbacks;
    this.#log = options.log;
    this.#logger = options.logger;
    this.#gate = new ActGate(options.knex, options.rules);
  }

  async execute(attempt: Attempt): Promise<AttemptResult> {
    const { lease } = attempt;
    const { run } = lease;
    const kind = this.#kinds.find(run.kind, run.kind_version);
    const step = kind && stepOf(kind, lease);
    if (!step) {
      return { end: { state: 'failed', failure: unknownStep(run, lease) } };
    }
    try {
      if (run.has_secrets) {
        await this.#secrets.requireReadable(run.id);
      }
      const gate = await this.#gate.pass(lease);
      if (typeof gate !== 'string') {
        return { hold: gate };
      }
      if (gate === 'put back' || !(await this.#announceRemains(lease, step))) {
        return undefined;
      }
      const result = await this.#call(attempt, step);
      return result instanceof Wait
        ? { wait: await this.#resolveWait(run, result) }
        : { end: this.#succeeded(lease, step, result) };
    } catch (error) {
      return await this.#failed(attempt, step, error);
    } finally {
      await this.#log.endStep(run.id, lease.stepId);
    }
  }

  async #call({ lease, controller }: Attempt, step: StepDefinition) {
    const timer = setTimeout(
      () => controller.abort(new StepTimeoutError()),
      step.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    );
    try {
      const context = this.#contextOf(lease, controller.signal);
      return await (lease.undoes ? step.undo!(context) : step.execute(context));
    } finally {
      clearTimeout(timer);
    }
  }

  #contextOf(lease: StepLease, signal: AbortSignal): UndoContext {
    const { run, stepId, outputs } = lease;
    return {
      runId: run.id,
      attempt: lease.attempt,
      input: run.input,
      requestedBy: run.requested_by,
      owner: run.owner,
      planned: run.changes,
      idempotencyKey: `${run.id}:${stepId}`,
      signal,
      resumed: lease.resumed,
      done: lease.undoes ? outputs[lease.undoes] : undefined,
      log: text => this.#log.add(run.id, stepId, text),
      output: id => {
        const output = outputs[id];
        if (!output) {
          throw new Error(`Step "${id}" has no output to read.`);
        }
        return output as never;
      },
      secret: value => this.#secrets.register(run.id, value),
      callback: async ({ name, reason, expiresInMs = DAY_MS }) => {
        await this.#requireNoSecret(run, 'The name of a callback', name);
        const terms = { name, reason, expiresInMs };
        const wait = await this.#knex.transaction(trx =>
          openCallback(trx, lease, terms, this.#secrets),
        );
        return {
          url: await this.#callbacks.url(wait),
          wait: new Wait({ kind: 'callback', reason, id: wait.id }),
        };
      },
    };
  }

  #succeeded(lease: StepLease, step: StepDefinition, result: unknown) {
    if (lease.undoes) {
      return { state: 'succeeded' as const, output: {} };
    }
    const output = checkOutput(step, result as never);
    return {
      state: 'succeeded' as const,
      output,
      remains: step.remains?.({
        input: lease.run.input,
        outputs: lease.outputs,
        done: output,
      }),
    };
  }

  async #failed(
    { lease, controller, lost }: Attempt,
    step: StepDefinition,
    thrown: unknown,
  ): Promise<AttemptResult> {
    if (lost) {
      return undefined;
    }
    const { run, stepId, tries } = lease;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { signal } = controller;
    if (signal.aborted && !(signal.reason instanceof StepTimeoutError)) {
      this.#log.add(run.id, stepId, 'Cancelled.');
      return { end: { state: 'cancelled' } };
    }
    const retry = step.retry ?? DEFAULT_RETRY;
    const failure = describeFailure(error, step, signal);
    const final =
      error instanceof OperationFailedError || error instanceof NotAllowedError;
    const again = !final && !signal.aborted && tries + 1 < retry.attempts;
    const delayMs = retry.delayMs * 2 ** tries;
    if (!final) {
      const { message } = (await this.#redactor(run)).json(failure);
      this.#logger.warn(`Step ${stepId} of run ${run.id}: ${message}`);
    }
    this.#log.add(
      run.id,
      stepId,
      again
        ? `${failure.message} Trying again in ${delayMs / 1000} s.`
        : failure.message,
    );
    return {
      end: again
        ? { state: 'queued', failure, delayMs }
        : { state: 'failed', failure },
    };
  }

  async #resolveWait(
    run: RunRow,
    { request }: Wait,
  ): Promise<NewWait | { callbackId: string }> {
    const { reason } = request;
    switch (request.kind) {
      case 'callback':
        return { callbackId: request.id };
      case 'event':
        await this.#requireNoSecret(run, 'The key of an event', request.key);
        return {
          kind: 'event',
          reason,
          waits_for: 'machines',
          event_key: request.key,
          dueInMs: request.timeoutMs,
        };
      case 'time':
        return {
          kind: 'time',
          reason,
          waits_for: 'machines',
          dueInMs: request.until.getTime() - Date.now(),
        };
      default: {
        const terms = await this.#rules.resolveApprovers(
          request.approvers,
          request.quorum,
          { owner: run.owner, requestedBy: run.requested_by },
        );
        return {
          kind: 'approval',
          reason,
          waits_for: 'people',
          dueInMs: request.expiresInMs,
          asked_by: run.requested_by,
          approvers: terms.approvers,
          approvers_text: terms.approversText,
          quorum: terms.quorum,
        };
      }
    }
  }

  /** Stores what the step may leave behind before it does, so that the list is true whatever dies. */
  async #announceRemains(
    lease: StepLease,
    step: StepDefinition,
  ): Promise<boolean> {
    if (lease.undoes || !step.remains) {
      return true;
    }
    const remains = step.remains({
      input: lease.run.input,
      outputs: lease.outputs,
    });
    const redactor = await this.#redactor(lease.run);
    return storeRemains(this.#knex, lease, redactor.json(remains));
  }

  /** What is matched by its name can't be redacted. */
  async #requireNoSecret(
    run: RunRow,
    what: string,
    value: string,
  ): Promise<void> {
    if ((await this.#redactor(run)).text(value) !== value) {
      throw new OperationFailedError({
        message: `${what} must not hold a secret of the run.`,
        hint: 'This is a mistake in the run kind. Tell the team that wrote it.',
      });
    }
  }

  #redactor(run: RunRow) {
    return this.#secrets.redactor(run.id);
  }
}

function stepOf(kind: RunKind, lease: StepLease): StepDefinition | undefined {
  const step = kind.steps.find(
    ({ id }) => id === (lease.undoes ?? lease.stepId),
  );
  return lease.undoes && !step?.undo ? undefined : step;
}

function unknownStep(run: RunRow, { stepId }: StepLease): Failure {
  return {
    message: `This portal doesn't know how to do "${stepId}" of ${run.kind} version ${run.kind_version}.`,
    hint: 'Start it anew, so that it is done in the way this portal knows. Give this one up to keep what remains listed.',
  };
}
