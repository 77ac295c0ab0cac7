import {
  OperationFailedError,
  type StepContext,
  type Wait,
  waitUntil,
} from '@slipway/plugin-platform-node';

const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;
/** About a quarter of an hour. */
const MOST_LOOKS = 70;

/**
 * Waits until the next look, ever longer. Throws `OperationFailedError` where that was often enough; tried again by a person, it looks once more.
 *
 * @param what - what is waited for, as in `Waits for the catalog`
 */
export function lookAgain(
  { attempt }: Pick<StepContext, 'attempt'>,
  what: string,
  hint: string,
): Wait {
  if (attempt >= MOST_LOOKS) {
    throw new OperationFailedError({
      message: `This waited for ${what}, and gave up after a quarter of an hour.`,
      hint,
    });
  }
  const wait = Math.min(attempt * FIRST_MS, LONGEST_MS);
  return waitUntil(new Date(Date.now() + wait), what);
}
