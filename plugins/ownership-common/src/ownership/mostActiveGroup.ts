import type { OwnershipDirectory } from '../directory';
import type { OwnerCandidate, RepositoryActivity } from './types';

/**
 * The group whose members made the most of the changes to a repository. Who is in several groups counts for each. `undefined`
 * where there is none, or two have as many.
 */
export function mostActiveGroup(
  activity: readonly RepositoryActivity[],
  { groups, users }: OwnershipDirectory,
): OwnerCandidate | undefined {
  const changesOf = new Map<string, number>();
  for (const { person, changes } of activity) {
    for (const group of users.get(person)?.groups ?? []) {
      if (groups.has(group)) {
        changesOf.set(group, (changesOf.get(group) ?? 0) + changes);
      }
    }
  }
  const [first, second] = [...changesOf].sort(([, a], [, b]) => b - a);
  if (!first || first[1] === 0 || first[1] === second?.[1]) {
    return undefined;
  }
  const all = activity.reduce((sum, { changes }) => sum + changes, 0);
  return {
    source: 'activity',
    owner: first[0],
    evidence: `Members of ${first[0]} made ${first[1]} of the ${all} latest changes to the repository.`,
  };
}
