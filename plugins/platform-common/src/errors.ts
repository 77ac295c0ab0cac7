/**
 * A failure as it is stored, sent and shown: what went wrong, and what would put it right.
 * Never holds a stack trace.
 */
export interface Failure {
  /** One sentence: what was wrong, and where. */
  message: string;
  /** One sentence: what to do about it. */
  hint?: string;
}
