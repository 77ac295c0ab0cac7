import { ConflictError } from '@backstage/errors';
import type { ResourceState } from '@slipway/plugin-platform-common';
import { describeResource } from './names';
import type { ResourceRow } from './store/rows';
import { ACTING_STATES } from './transitions';

/**
 * Throws `ConflictError` where a resource isn't in one of these states.
 *
 * @param done - what would be done with it: `changed`
 */
export function requireState(
  row: ResourceRow,
  done: string,
  states: readonly ResourceState[],
): void {
  if (!states.includes(row.state)) {
    throw new ConflictError(
      `${describeResource(row)} is ${row.state}, and can't be ${done}. ${whatInstead(row, states)}`,
    );
  }
}

function whatInstead(
  { state, run_id: runId }: ResourceRow,
  states: readonly ResourceState[],
): string {
  if (ACTING_STATES.includes(state)) {
    return `Wait for the run that acts on it (${runId}), or cancel that one.`;
  }
  if (state === 'deleted') {
    return 'Restore it first.';
  }
  return `It has to be ${states.join(' or ')} for that.`;
}
