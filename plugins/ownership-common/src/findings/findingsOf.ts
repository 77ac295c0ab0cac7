import type { OwnershipDirectory } from '../directory';
import type { Ownership } from '../ownership';
import { mostNamedOwner, suggestOwner } from './suggestOwner';
import type { FindingKind, OwnershipFinding } from './types';

/** How long a team may do nothing before what it owns counts as stale, in days: a quarter. */
export const STALE_AFTER_DAYS = 90;

const DAY_MS = 24 * 60 * 60_000;

/** What findings are held against. */
export interface FindingOptions {
  now: Date;
  /** In days; {@link STALE_AFTER_DAYS} where left out. */
  staleAfterDays?: number;
}

/**
 * What is wrong with how an entity is owned, at most one of each kind: an orphan has no owner, one that is gone or an empty group;
 * what is stale has an owner of whom no member was active; a single point is a group of one; a conflict is
 * between the sources; a role is vacant where its own file names somebody who isn't there;
 * ingestion is where the catalog doesn't have the entity as its file says.
 */
export function findingsOf(
  ownership: Ownership,
  directory: OwnershipDirectory,
  options: FindingOptions,
): OwnershipFinding[] {
  return [
    orphan(ownership, directory),
    stale(ownership, directory, options),
    singlePoint(ownership, directory),
    conflict(ownership),
    vacantRole(ownership),
    ingestion(ownership),
  ].filter(one => one !== undefined);
}

function orphan(
  ownership: Ownership,
  directory: OwnershipDirectory,
): OwnershipFinding | undefined {
  const { owner, problems } = ownership;
  const said = problems
    .filter(({ code }) => code.startsWith('owner-'))
    .map(({ message }) => message);
  const suggestion = suggestOwner(
    ownership,
    one => membersOf(one, directory).length > 0,
  );
  if (owner === undefined) {
    return finding(ownership, 'orphan', 'high', [
      'No source names an owner that is in the catalog.',
      ...said,
    ]);
  }
  if (membersOf(owner, directory).length === 0) {
    return finding(
      ownership,
      'orphan',
      'high',
      [`${owner} owns it and has no members.`],
      suggestion,
    );
  }
  const gone = problems.find(
    ({ code, source }) => code === 'owner-unknown' && source === 'entity',
  );
  const [next] = ownership.candidates;
  return gone
    ? finding(ownership, 'orphan', 'medium', [gone.message], {
        owner,
        reason: next.evidence,
      })
    : undefined;
}

function stale(
  ownership: Ownership,
  directory: OwnershipDirectory,
  { now, staleAfterDays = STALE_AFTER_DAYS }: FindingOptions,
): OwnershipFinding | undefined {
  const { owner } = ownership;
  if ([...directory.users.values()].every(one => !one.lastActiveAt)) {
    // Nobody looks at what people do: that nothing is known says nothing.
    return undefined;
  }
  const since = now.getTime() - staleAfterDays * DAY_MS;
  const isActive = (group: string) =>
    lastActive(membersOf(group, directory), directory) >= since;
  if (
    owner === undefined ||
    membersOf(owner, directory).length === 0 ||
    isActive(owner)
  ) {
    return undefined;
  }
  const last = lastActive(membersOf(owner, directory), directory);
  const seen =
    last === -Infinity
      ? 'Nothing was seen of any of them.'
      : `The last that was seen of any of them was ${Math.floor((now.getTime() - last) / DAY_MS)} days ago.`;
  return finding(
    ownership,
    'stale',
    'medium',
    [
      `No member of ${owner}, which owns it, was active for ${staleAfterDays} days.`,
      seen,
    ],
    suggestOwner(ownership, isActive),
  );
}

function singlePoint(
  ownership: Ownership,
  directory: OwnershipDirectory,
): OwnershipFinding | undefined {
  const { owner } = ownership;
  const members = owner === undefined ? [] : membersOf(owner, directory);
  return members.length === 1
    ? finding(
        ownership,
        'single-point',
        'medium',
        [
          `${owner} owns it and has one member, ${members[0]}.`,
          'Nobody else can decide when that person is away.',
        ],
        suggestOwner(ownership, one => membersOf(one, directory).length > 1),
      )
    : undefined;
}

function conflict(ownership: Ownership): OwnershipFinding | undefined {
  const problem = ownership.problems.find(
    ({ code }) => code === 'sources-disagree',
  );
  return (
    problem &&
    finding(
      ownership,
      'conflict',
      'low',
      [problem.message, ...ownership.candidates.map(one => one.evidence)],
      mostNamedOwner(ownership.candidates),
    )
  );
}

/** What is inherited is mended where it is written, and is a finding there. */
function vacantRole(ownership: Ownership): OwnershipFinding | undefined {
  const vacant = ownership.problems.filter(
    ({ code, inheritedFrom }) => code === 'role-unknown' && !inheritedFrom,
  );
  return vacant.length > 0
    ? finding(
        ownership,
        'vacant-role',
        'medium',
        vacant.map(({ message }) => message),
      )
    : undefined;
}

function ingestion(ownership: Ownership): OwnershipFinding | undefined {
  const failed = ownership.problems.filter(({ code }) => code === 'ingestion');
  return failed.length > 0
    ? finding(
        ownership,
        'ingestion',
        'high',
        failed.map(({ message }) => message),
      )
    : undefined;
}

function finding(
  { entityRef, owner }: Ownership,
  kind: FindingKind,
  severity: OwnershipFinding['severity'],
  evidence: string[],
  suggestion?: OwnershipFinding['suggestion'],
): OwnershipFinding {
  return {
    key: `${entityRef} ${kind}`,
    kind,
    severity,
    entityRef,
    ...(owner !== undefined && { owner }),
    evidence,
    ...(suggestion && { suggestion }),
  };
}

function membersOf(
  group: string,
  { groups }: OwnershipDirectory,
): readonly string[] {
  return groups.get(group)?.members ?? [];
}

/** In milliseconds; before everything where nothing was seen of anybody. */
function lastActive(
  people: readonly string[],
  { users }: OwnershipDirectory,
): number {
  return Math.max(
    ...people
      .map(person => users.get(person)?.lastActiveAt)
      .filter(at => at !== undefined)
      .map(at => Date.parse(at)),
  );
}
