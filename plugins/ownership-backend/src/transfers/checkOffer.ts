import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { Caller } from '@slipway/plugin-platform-node';
import type { Offerable } from './TransferStore';

/** How many references an error names. */
const NAMED = 5;

/**
 * Throws where these entities can't be offered to a group by this person: what has an owner with people is theirs to offer; what has
 * none, anybody may find an owner for.
 *
 * @param refs - what was asked for, where it was asked for by name
 * @throws InputError, NotAllowedError, ConflictError
 */
export function checkOffer(
  entities: readonly Offerable[],
  {
    to,
    refs = [],
    caller,
  }: { to: string; refs?: readonly string[]; caller: Caller },
): void {
  const missing = refs.filter(
    ref => !entities.some(({ entityRef }) => entityRef === ref),
  );
  if (missing.length > 0) {
    throw new InputError(
      `entityRefs: ${named(missing)} not in the catalog as something that is owned. Leave out what is gone.`,
    );
  }
  const theirs = entities.filter(({ owner }) => owner === to);
  if (theirs.length > 0) {
    throw new InputError(
      `to: ${to} owns ${theirs[0].entityRef} already. Name another team, or leave it out.`,
    );
  }
  const foreign = entities.find(
    ({ owner, isOwned }) =>
      isOwned && !caller.ownershipRefs.includes(owner ?? ''),
  );
  if (foreign) {
    throw new NotAllowedError(
      `${foreign.entityRef} belongs to ${foreign.owner}. Only members of it can offer it; ask one of them.`,
    );
  }
  const taken = entities.filter(({ isUnderWay }) => isUnderWay);
  if (taken.length > 0) {
    throw new ConflictError(
      `entityRefs: ${named(taken.map(({ entityRef }) => entityRef))} part of another transfer that is not over. Withdraw that one first.`,
    );
  }
}

function named(refs: readonly string[]): string {
  const more = refs.length - NAMED;
  const list = refs.slice(0, NAMED).join(', ');
  const is = refs.length === 1 ? 'is' : 'are';
  return `${list}${more > 0 ? ` and ${more} more` : ''} ${is}`;
}
