import type { Failure, PlannedChange } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { ZodType } from 'zod';
import type { OperationContext } from '../context';
import type { Callback, Wait, WaitResult } from './waits';

/** What a step is given besides {@link OperationContext}. */
export interface StepContext<
  TInput extends JsonObject = JsonObject,
> extends OperationContext {
  runId: string;
  /** Counts from 1; higher after a retry, a wait, or a takeover from a process that died. */
  attempt: number;
  input: TInput;
  requestedBy: string;
  owner: string;
  /** What the run would change, as it was planned and shown. */
  planned: PlannedChange[];
  /** How the wait ended that this step returned before. Missing the first time, and after a retry. */
  resumed?: WaitResult;
  /** The checkpoint of an earlier step. Throws where that step has none. */
  output<T extends JsonObject = JsonObject>(stepId: string): T;
  /**
   * Makes a value a secret of this run: from here on it is removed, in all its forms, from everything stored or sent about
   * the run. Await it before the value can reach a log. Values shorter than 6 characters are refused.
   */
  secret(value: string): Promise<void>;
  /**
   * A URL that another system calls once to end a wait. The same name gives the same URL again after a crash.
   * Left out, `expiresInMs` is a day.
   */
  callback(options: {
    name: string;
    reason: string;
    expiresInMs?: number;
  }): Promise<Callback>;
}

/** What the undo of a step is given. */
export interface UndoContext<
  TInput extends JsonObject = JsonObject,
> extends StepContext<TInput> {
  /** What the step returned; missing where it was interrupted or failed halfway. */
  done?: JsonObject;
}

/** What a step comes to: its checkpoint, or something to wait for. */
export type StepResult = JsonObject | Wait | void;

/** One checkpointed part of a run. */
export interface StepDefinition<TInput extends JsonObject = JsonObject> {
  id: string;
  title: string;
  /** Left out, the step before it; `[]` starts at once. */
  dependsOn?: string[];
  /** What `execute` returns; an output that does not match fails the step. Left out: any JSON. */
  output?: ZodType<JsonObject>;
  /**
   * Does the work; called again after a crash, so it must be idempotent under `idempotencyKey`. What
   * it returns is the step's checkpoint, at most 256 kB of JSON: once stored, the step never executes again.
   */
  execute(context: StepContext<TInput>): Promise<StepResult>;
  /** Takes the work back. Idempotent; copes with work that was never or only half done. */
  undo?(context: UndoContext<TInput>): Promise<StepResult>;
  /**
   * Names what the step leaves behind in the world, as people call it. Asked before the step executes, so it must be known from
   * the input and earlier outputs, and again with what the step returned.
   */
  remains?(context: {
    input: TInput;
    outputs: Record<string, JsonObject>;
    done?: JsonObject;
  }): string[];
  /** How often and how far apart an error that isn't final is tried again. Left out: 3 attempts, from 1 s, doubling. */
  retry?: { attempts: number; delayMs: number };
  /**
   * Another process does the work, and `execute` only listens to it: the step takes none of the places in which a backend
   * executes steps. How many of these go on at a time is for that process to say.
   */
  elsewhere?: boolean;
  /** For each attempt. Left out: 15 minutes. */
  timeoutMs?: number;
}

/** What a run acts on, and for whom. */
export interface RunSubject {
  /** What the run is called, where that takes more than its input. Left out: as `title` says. */
  title?: string;
  /** At most one run acts on a target at a time. */
  target: string;
  /** The entity reference of the team it belongs to. */
  owner: string;
  service?: string;
  environment?: string;
  /** Higher goes first among those in line for the target. Left out: 0. */
  priority?: number;
}

/** A run that has come to its end, as its kind is told. */
export interface EndedRun<TInput extends JsonObject = JsonObject> {
  runId: string;
  input: TInput;
  state: 'succeeded' | 'failed' | 'cancelled' | 'undone';
  failure?: Failure;
}

/** A kind of run: what it is called and the steps it takes. */
export interface RunKind<TInput extends JsonObject = JsonObject> {
  id: string;
  /**
   * Raised when the steps change in a way that runs under way can't go on with. A module may go on offering the old version
   * beside the new one; without it, those runs are refused a retry with a message that says so.
   */
  version: number;
  input: ZodType<TInput>;
  title(input: TInput): string;
  /**
   * What a run with this input acts on. A kind with a subject can be started over the API, from templates and as an
   * action; one without is started by its own plugin only. Throws `InputError` where the input names what does not exist.
   */
  subject?(input: TInput): Promise<RunSubject>;
  /** What it would change; never changes anything. */
  plan?(input: TInput): Promise<PlannedChange[]>;
  steps: StepDefinition<TInput>[];
  /**
   * Called when a run has ended, whatever the end, in the engine's own time and again if interrupted; for
   * tidying up and for telling others. Called anew after a retry or undo. Must be idempotent.
   */
  ended?(run: EndedRun<TInput>): Promise<void>;
}

/** Keeps the input's type while a kind is written, then hides it from the engine. */
export function createRunKind<TInput extends JsonObject>(
  kind: RunKind<TInput>,
): RunKind {
  return kind as unknown as RunKind;
}
