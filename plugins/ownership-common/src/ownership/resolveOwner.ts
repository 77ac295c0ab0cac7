import type { OwnershipDirectory } from '../directory';
import type { OwnerSource, OwnershipProblem } from './types';

/** The group that an owner comes to, or none, and what is wrong with it. */
export interface ResolvedOwner {
  owner?: string;
  problem?: OwnershipProblem;
}

/**
 * A group is itself; a person is the one group of that person.
 *
 * @param reference - full, in lower case; `undefined` where what is written leads nowhere
 * @param written - as the source has it
 * @param where - where it stands: `The entity`, `CODEOWNERS, line 3,`
 */
export function resolveOwner(
  reference: string | undefined,
  written: string,
  { source, where }: { source: OwnerSource; where: string },
  { groups, users }: OwnershipDirectory,
): ResolvedOwner {
  if (reference !== undefined && groups.has(reference)) {
    return { owner: reference };
  }
  const user = reference === undefined ? undefined : users.get(reference);
  if (!user) {
    return {
      problem: {
        code: 'owner-unknown',
        source,
        message: `${where} names the owner ${written}, and there is none in the catalog. Name a group that is there.`,
      },
    };
  }
  const known = user.groups.filter(group => groups.has(group));
  if (known.length === 1) {
    return {
      owner: known[0],
      problem: {
        code: 'owner-is-person',
        source,
        message: `${where} names the person ${written} as the owner. ${known[0]}, the one group of that person, is taken; name it instead.`,
      },
    };
  }
  return {
    problem: {
      code: 'owner-ambiguous',
      source,
      message: `${where} names the person ${written} as the owner, who is in ${known.length === 0 ? 'no group' : `several groups: ${known.join(', ')}`}. Name a group.`,
    },
  };
}
