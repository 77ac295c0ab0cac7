import type { Knex } from 'knex';

/** Removes a run's secrets, in all their forms, from text and JSON. */
export interface Redactor {
  /** Whether there is anything to remove. */
  readonly active: boolean;
  text(value: string): string;
  /** Strings and numbers at any depth, and keys; a number that shows a secret becomes a string. */
  json<T>(value: T): T;
  /** For text that goes on: what can be told now, redacted, and the rest, which may be the beginning of a secret. */
  hold(value: string): { text: string; held: string };
}

/** The secrets of runs. */
export interface RunSecrets {
  /**
   * Stores a secret, encrypted, and removes it from what is stored of the run already. Once it resolves it counts everywhere; known
   * secrets change nothing. Throws `InputError` where it is too short or too long, or the run has too many.
   */
  register(runId: string, value: string): Promise<void>;
  /**
   * What is known now. Asked again before anything is stored, since other backends register secrets too. In a transaction that has
   * locked the run, nothing can be registered until it ends. Where the secrets can't be read, it removes everything.
   */
  redactor(runId: string, trx?: Knex.Transaction): Promise<Redactor>;
  /** Throws `OperationFailedError` where the secrets can't be read, as with another key. */
  requireReadable(runId: string): Promise<void>;
  /** Forgets what is kept in memory about a run. */
  forget(runId: string): void;
}
