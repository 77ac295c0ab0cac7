import type { OwnerCandidate, Ownership } from '../ownership';
import type { OwnershipFinding } from './types';

/** The first of the candidates, beside the owner, that would be better. */
export function suggestOwner(
  { candidates, owner }: Ownership,
  isBetter: (owner: string) => boolean,
): OwnershipFinding['suggestion'] {
  const found = candidates.find(
    one => one.owner !== owner && isBetter(one.owner),
  );
  return found && { owner: found.owner, reason: found.evidence };
}

/** The owner that most candidates name; of several with as many, the one that comes from what counts most. */
export function mostNamedOwner(
  candidates: readonly OwnerCandidate[],
): OwnershipFinding['suggestion'] {
  const countOf = (owner: string) =>
    candidates.filter(one => one.owner === owner).length;
  const [best] = candidates.toSorted(
    (a, b) => countOf(b.owner) - countOf(a.owner),
  );
  return (
    best && {
      owner: best.owner,
      reason: `${countOf(best.owner)} of ${candidates.length} sources name it. ${best.evidence}`,
    }
  );
}
