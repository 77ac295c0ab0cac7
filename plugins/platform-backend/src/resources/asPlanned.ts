import type { PlannedChange } from '@slipway/plugin-platform-common';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import { describeChanges, planDigest } from '../runs';

/** Throws `OperationFailedError` that says what is different where the plan isn't the one that the run was started with. */
export function requireAsPlanned(
  planned: readonly PlannedChange[],
  now: readonly PlannedChange[],
): void {
  if (planDigest(planned) !== planDigest(now)) {
    throw new OperationFailedError({
      message: `Things have changed since this was planned, so nothing was done. Planned was: ${describeChanges(planned)}. Now it would be: ${describeChanges(now)}.`,
      hint: 'Look at the new plan, and start it anew if that is what you want.',
    });
  }
}
