import type { JsonObject } from '@backstage/types';
import type { ZodType } from 'zod';
import type { OperationContext } from '../context';

/** What a step is given besides {@link OperationContext}. */
export interface StepContext<
  TInput extends JsonObject = JsonObject,
> extends OperationContext {
  runId: string;
  /** Counts from 1; higher after a retry or a takeover from a process that died. */
  attempt: number;
  input: TInput;
  requestedBy: string;
  /** The checkpoint of an earlier step. Throws where that step is not among the dependencies. */
  output<T extends JsonObject = JsonObject>(stepId: string): T;
}

/** One checkpointed part of a run. */
export interface StepDefinition<TInput extends JsonObject = JsonObject> {
  id: string;
  title: string;
  /** Left out, the step before it; `[]` starts at once. */
  dependsOn?: string[];
  /**
   * Does the work; called again after a crash, so it must be idempotent under `idempotencyKey`. What
   * it returns is the step's checkpoint: once stored, the step never executes again.
   */
  execute(context: StepContext<TInput>): Promise<JsonObject | void>;
  /** How often and how far apart an error that isn't final is tried again. Left out: 3 attempts, from 1 s, doubling. */
  retry?: { attempts: number; delayMs: number };
  /** Left out: 15 minutes. */
  timeoutMs?: number;
}

/** A kind of run: what it is called and the steps it takes. */
export interface RunKind<TInput extends JsonObject = JsonObject> {
  id: string;
  /** Raised when the steps change in a way that runs under way can't go on with. */
  version: number;
  input: ZodType<TInput>;
  title(input: TInput): string;
  steps: StepDefinition<TInput>[];
  /**
   * Called once when a run has ended, whatever the end, in the engine's own time and again if interrupted; for
   * tidying up and for telling others. Must be idempotent.
   */
  ended?(run: {
    runId: string;
    input: TInput;
    state: 'succeeded' | 'failed' | 'cancelled';
    failure?: { message: string; hint?: string };
  }): Promise<void>;
}

/** Keeps the input's type while a kind is written, then hides it from the engine. */
export function createRunKind<TInput extends JsonObject>(
  kind: RunKind<TInput>,
): RunKind {
  return kind as unknown as RunKind;
}
