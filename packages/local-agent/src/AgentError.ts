import type { Failure } from '@slipway/plugin-platform-common';
import type { AgentFailure } from '@slipway/plugin-platform-backend-module-local-runtime';

/** A failure that the caller is told about: its name decides the HTTP status. */
export class AgentError extends Error {
  readonly hint?: string;

  constructor(
    readonly name: AgentFailure['error']['name'],
    message: string,
    hint?: string,
  ) {
    super(message);
    this.hint = hint;
  }

  /** A failure that trying again will not mend. */
  static final(failure: Failure): AgentError {
    return new AgentError(
      'OperationFailedError',
      failure.message,
      failure.hint,
    );
  }

  toFailure(): Failure {
    return { message: this.message, ...(this.hint && { hint: this.hint }) };
  }
}

/** Tells a full disk in words, and gives any other error back as it is. */
export function explainDiskError(error: unknown, what: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return AgentError.final({
      message: `The disk is full: ${what}.`,
      hint: 'Free some space on the disk that holds the data directory, then try again.',
    });
  }
  return error;
}

/** The system error code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code =
    typeof error === 'object' && error && 'code' in error
      ? error.code
      : undefined;
  return typeof code === 'string' ? code : undefined;
}
