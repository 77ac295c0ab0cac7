import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Transfer, TransferState } from '@slipway/plugin-ownership-common';
import type { Caller } from '@slipway/plugin-platform-node';

/** Who owned what is offered. */
export function giversOf({ entities }: Transfer): string[] {
  return entities.flatMap(({ from }) => from ?? []);
}

/** Throws `NotAllowedError` where a person is in none of these teams. */
export function requireMember(
  caller: Caller,
  teams: readonly string[],
  what: string,
): void {
  if (!teams.some(team => caller.ownershipRefs.includes(team))) {
    throw new NotAllowedError(
      `Only members of ${[...new Set(teams)].join(', ') || 'the team that offered it'} can ${what}. Ask one of them.`,
    );
  }
}

/** Throws `ConflictError` where a transfer is in none of these states. */
export function requireState(
  { state }: Transfer,
  right: readonly TransferState[],
): void {
  if (!right.includes(state)) {
    throw new ConflictError(
      `The transfer is ${state}. This can be done while it is ${right.join(' or ')}.`,
    );
  }
}
