import type {
  Failure,
  Page,
  Run,
  RunFilter,
  RunLogLine,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';

/** What a new run is stored as. */
export interface NewRun {
  id: string;
  kind: string;
  kindVersion: number;
  title: string;
  target: string;
  priority: number;
  requestedBy: string;
  owner: string;
  service?: string;
  environment?: string;
  input: JsonObject;
  idempotencyKey?: string;
  steps: Array<{ id: string; title: string; dependsOn: string[] }>;
}

/** A step that this engine may execute, until the lease runs out. */
export interface StepLease {
  runId: string;
  stepId: string;
  kind: string;
  kindVersion: number;
  token: string;
  attempt: number;
  /** Failed tries so far. */
  tries: number;
  input: JsonObject;
  requestedBy: string;
  outputs: Record<string, JsonObject>;
}

/** A step that may start, and from when. */
export interface ReadyStep {
  runId: string;
  stepId: string;
  delayMs: number;
}

/** What changed, for those who watch. */
export interface RunChange {
  run: Run;
  /** Steps to hand to workers, in the same transaction. */
  ready: ReadyStep[];
  /** Whether the run ended with this change. */
  ended: boolean;
}

/** A run that ended and whose kind hasn't been told yet. */
export interface UnhandledEnd {
  runId: string;
  kind: string;
  input: JsonObject;
  state: 'succeeded' | 'failed' | 'cancelled';
  failure?: Failure;
}

/**
 * Where runs live. Each method is one transaction or takes the caller's; state changes lock the run's row, so
 * that changes of one run happen one after the other.
 */
export interface RunStore {
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Stores a run, queued. Answers the existing one when the idempotency key is known. */
  insert(
    trx: Knex.Transaction,
    run: NewRun,
  ): Promise<{ id: string; existed: boolean }>;
  /** Starts the next queued run of a target, if none is active there. */
  startNext(
    trx: Knex.Transaction,
    target: string,
  ): Promise<RunChange | undefined>;

  lease(
    step: { runId: string; stepId: string },
    owner: string,
    leaseMs: number,
  ): Promise<StepLease | undefined>;
  /** Prolongs leases; answers those that are lost and the runs among the others that are being cancelled. */
  renew(
    tokens: string[],
    leaseMs: number,
  ): Promise<{ lost: string[]; cancelling: string[] }>;
  /** Gives leases back, so that another engine goes on at once. */
  release(owner: string): Promise<void>;
  /** Takes expired leases away, and answers every step that may start and that nobody has taken for a while. */
  recover(trx: Knex.Transaction, staleMs: number): Promise<ReadyStep[]>;

  succeedStep(
    trx: Knex.Transaction,
    lease: StepLease,
    output: JsonObject,
  ): Promise<RunChange | undefined>;
  failStep(
    trx: Knex.Transaction,
    lease: StepLease,
    failure: Failure,
  ): Promise<RunChange | undefined>;
  retryStep(
    trx: Knex.Transaction,
    lease: StepLease,
    failure: Failure,
    delayMs: number,
  ): Promise<RunChange | undefined>;
  cancelStep(
    trx: Knex.Transaction,
    lease: StepLease,
  ): Promise<RunChange | undefined>;

  /** Cancels a queued run at once, asks a running one to stop. Throws `ConflictError` where it has ended. */
  cancelRun(trx: Knex.Transaction, id: string): Promise<RunChange>;
  /** Queues a failed or cancelled run again, from where it stopped. Throws `ConflictError` otherwise. */
  retryRun(trx: Knex.Transaction, id: string): Promise<void>;

  get(id: string): Promise<Run | undefined>;
  list(
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Run>>;
  unhandledEnds(trx: Knex.Transaction, limit: number): Promise<UnhandledEnd[]>;
  markEndHandled(trx: Knex.Transaction, runId: string): Promise<void>;

  /** Adds lines and answers them with their sequence; beyond `limit` lines a run's log grows no more. */
  appendLog(
    runId: string,
    lines: Array<{ stepId: string; at: Date; text: string }>,
    limit: number,
  ): Promise<void>;
  readLog(runId: string, after: number, limit: number): Promise<RunLogLine[]>;
}
