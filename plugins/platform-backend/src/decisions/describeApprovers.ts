import type { Entity } from '@backstage/catalog-model';

/** The most approvers that are named one by one. */
const NAMED = 4;

/** Somebody who may approve. */
export interface DescribedApprover {
  /** What people call the team or person. */
  title: string;
  team: boolean;
  /** Whether the one who asks belongs to it, so that it takes somebody else of it. */
  ofRequester: boolean;
}

/** Who may approve, in words: `a second person of Payments or Wei Zhang`, `2 people among Payments and Platform`. */
export function describeApprovers(
  approvers: DescribedApprover[],
  quorum: number,
): string {
  if (quorum > 1) {
    return `${quorum} people among ${listed(
      approvers.map(({ title }) => title),
      'and',
    )}`;
  }
  return listed(
    approvers.map(({ title, team, ofRequester }) => {
      if (!team) {
        return title;
      }
      return ofRequester
        ? `a second person of ${title}`
        : `somebody of ${title}`;
    }),
    'or',
  );
}

/** What people call an entity. */
export function titleOf({ metadata, spec }: Entity): string {
  const profile = spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return typeof displayName === 'string'
    ? displayName
    : (metadata.title ?? metadata.name);
}

function listed(names: string[], word: 'and' | 'or'): string {
  const rest = names.length - NAMED;
  const shown =
    rest > 0 ? [...names.slice(0, NAMED), `${rest} more`] : [...names];
  const last = shown.pop() ?? 'nobody';
  return shown.length > 0 ? `${shown.join(', ')} ${word} ${last}` : last;
}
