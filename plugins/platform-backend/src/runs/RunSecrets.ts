/** Removes a run's secrets, in all their forms, from text and JSON. */
export interface Redactor {
  /** Whether there is anything to remove. */
  readonly active: boolean;
  text(value: string): string;
  /** Strings at any depth, and keys; everything else as it is. */
  json<T>(value: T): T;
}

/** The secrets of runs. */
export interface RunSecrets {
  /** Stores a secret, encrypted; resolves when it counts everywhere. Throws `InputError` where it is too short. */
  register(runId: string, value: string): Promise<void>;
  /** What is known now. Asked again before each step, since other backends register secrets too. */
  redactor(runId: string): Promise<Redactor>;
  /** Forgets what is kept in memory about a run. */
  forget(runId: string): void;
}
