import { CustomErrorBase } from '@backstage/errors';

/** Too many failed attempts to sign in; answered with 429 (RFC 6585). */
export class TooManyAttemptsError extends CustomErrorBase {
  readonly name = 'TooManyAttemptsError';
  readonly statusCode = 429;
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(
      `Too many failed attempts to sign in. Wait ${formatWait(
        retryAfterSeconds,
      )}, then try again.`,
    );
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function formatWait(seconds: number): string {
  if (seconds < 120) {
    return seconds === 1 ? '1 second' : `${seconds} seconds`;
  }
  return `${Math.ceil(seconds / 60)} minutes`;
}
