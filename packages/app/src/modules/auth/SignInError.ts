/**
 * Why signing in did not work, in terms of what the person can do about it. `retryAfterSeconds` is
 * set when there were too many attempts.
 */
export class SignInError extends Error {
  readonly reason: 'rejected' | 'throttled' | 'unreachable' | 'failed';
  readonly retryAfterSeconds?: number;

  constructor(
    reason: SignInError['reason'],
    message: string,
    retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'SignInError';
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
