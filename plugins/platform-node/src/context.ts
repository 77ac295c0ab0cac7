import type { Failure } from '@slipway/plugin-platform-common';

/** What every operation of a provider is given. */
export interface OperationContext {
  /** The same at every attempt of the same operation: doing it twice under one key does it once. */
  idempotencyKey: string;
  /** Aborts on cancel, time-out and shutdown. */
  signal: AbortSignal;
  /** Adds a line to the log that the person who asked is watching. */
  log(text: string): void;
}

/**
 * A failure that trying again will not mend: a broken file, a service that never becomes ready. The run
 * fails at once, with this message and hint shown where the person looks.
 */
export class OperationFailedError extends Error {
  readonly name = 'OperationFailedError';
  readonly hint?: string;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.hint = failure.hint;
  }
}
