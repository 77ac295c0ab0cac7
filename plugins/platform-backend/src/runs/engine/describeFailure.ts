import type { Failure } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type StepDefinition,
} from '@slipway/plugin-platform-node';

/** How long one attempt at a step may take where the step doesn't say, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 15 * 60_000;

/** The reason with which an attempt is aborted that took too long. */
export class StepTimeoutError extends Error {}

/** A failed attempt in the words of whoever asked for the run. */
export function describeFailure(
  error: Error,
  step: StepDefinition,
  signal: AbortSignal,
): Failure {
  if (error instanceof OperationFailedError) {
    return { message: error.message, hint: error.hint };
  }
  if (signal.aborted) {
    const seconds = (step.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 1_000;
    const limit = seconds < 120 ? `${seconds} s` : `${seconds / 60} minutes`;
    return {
      message: `"${step.title}" took longer than ${limit} and was stopped.`,
      hint: 'Retry it. If it happens again, ask the platform team.',
    };
  }
  return {
    message: `"${step.title}" failed: ${error.message}`,
    hint: 'Retry it. If it happens again, ask the platform team.',
  };
}
