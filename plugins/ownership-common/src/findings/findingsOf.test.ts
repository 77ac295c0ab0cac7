import { createDirectory } from '../directory/__fixtures__/directory';
import type { OwnerCandidate, Ownership } from '../ownership';
import { type FindingOptions, findingsOf } from './findingsOf';

const ENTITY = 'component:default/payments-api';
const NOW = new Date('2026-11-26T00:00:00Z');

function candidate(
  source: OwnerCandidate['source'],
  name: string,
): OwnerCandidate {
  return {
    source,
    owner: `group:default/${name}`,
    evidence: `By ${source} it is ${name}'s.`,
  };
}

function find(
  candidates: OwnerCandidate[],
  problems: Ownership['problems'] = [],
  options: Partial<FindingOptions> = {},
) {
  const [chosen] = candidates;
  return findingsOf(
    {
      entityRef: ENTITY,
      ...(chosen && { owner: chosen.owner, source: chosen.source }),
      roles: {},
      candidates,
      problems,
    },
    createDirectory(),
    { now: NOW, ...options },
  );
}

const GONE = {
  code: 'owner-unknown',
  source: 'entity',
  message: 'The entity names the owner gone.',
} as const;

describe('findingsOf', () => {
  it('finds nothing where a team with active people owns it', () => {
    expect(find([candidate('entity', 'payments')])).toEqual([]);
  });

  it('finds orphans: without an owner, with one that is gone, or an empty group', () => {
    expect(find([], [GONE])).toEqual([
      {
        key: `${ENTITY} orphan`,
        kind: 'orphan',
        severity: 'high',
        entityRef: ENTITY,
        evidence: [
          'No source names an owner that is in the catalog.',
          GONE.message,
        ],
      },
    ]);
    expect(find([candidate('codeowners', 'payments')], [GONE])).toEqual([
      {
        key: `${ENTITY} orphan`,
        kind: 'orphan',
        severity: 'medium',
        entityRef: ENTITY,
        owner: 'group:default/payments',
        evidence: [GONE.message],
        suggestion: {
          owner: 'group:default/payments',
          reason: "By codeowners it is payments's.",
        },
      },
    ]);
    expect(
      find([candidate('entity', 'growth'), candidate('activity', 'payments')]),
    ).toEqual([
      {
        key: `${ENTITY} orphan`,
        kind: 'orphan',
        severity: 'high',
        entityRef: ENTITY,
        owner: 'group:default/growth',
        evidence: ['group:default/growth owns it and has no members.'],
        suggestion: {
          owner: 'group:default/payments',
          reason: "By activity it is payments's.",
        },
      },
    ]);
  });

  it('finds what is stale, and what depends on one person', () => {
    const found = find([
      candidate('entity', 'logistics'),
      candidate('activity', 'guild'),
    ]);
    const suggestion = {
      owner: 'group:default/guild',
      reason: "By activity it is guild's.",
    };
    expect(found).toEqual([
      expect.objectContaining({
        key: `${ENTITY} stale`,
        severity: 'medium',
        evidence: [
          'No member of group:default/logistics, which owns it, was active for 90 days.',
          'The last that was seen of any of them was 117 days ago.',
        ],
        suggestion,
      }),
      expect.objectContaining({
        key: `${ENTITY} single-point`,
        severity: 'medium',
        evidence: [
          'group:default/logistics owns it and has one member, user:default/noor.',
          'Nobody else can decide when that person is away.',
        ],
        suggestion,
      }),
    ]);
    expect(
      find([candidate('entity', 'payments')], [], { staleAfterDays: 3 }),
    ).toMatchObject([
      {
        kind: 'stale',
        evidence: [
          expect.any(String),
          'The last that was seen of any of them was 6 days ago.',
        ],
      },
    ]);
    expect(
      find([candidate('entity', 'logistics')], [], { staleAfterDays: 117 }),
    ).toMatchObject([{ kind: 'single-point' }]);
  });

  it('says where nothing was ever seen of a team, unless nothing is known of anybody', () => {
    const directory = createDirectory();
    const seenOf = (people: string[]) => ({
      ...directory,
      users: new Map(
        [...directory.users].map(([reference, { groups, lastActiveAt }]) => [
          reference,
          { groups, ...(people.includes(reference) && { lastActiveAt }) },
        ]),
      ),
    });
    const ownership: Ownership = {
      entityRef: ENTITY,
      owner: 'group:default/payments',
      roles: {},
      candidates: [],
      problems: [],
    };
    expect(
      findingsOf(ownership, seenOf(['user:default/noor']), { now: NOW }),
    ).toMatchObject([
      {
        kind: 'stale',
        evidence: [expect.any(String), 'Nothing was seen of any of them.'],
      },
    ]);
    expect(findingsOf(ownership, seenOf([]), { now: NOW })).toEqual([]);
  });

  it('finds sources that disagree, and suggests what most of them say', () => {
    const message = 'The owner is payments, but guild.';
    expect(
      find(
        [
          candidate('entity', 'payments'),
          candidate('codeowners', 'guild'),
          candidate('activity', 'guild'),
        ],
        [{ code: 'sources-disagree', message }],
      ),
    ).toEqual([
      {
        key: `${ENTITY} conflict`,
        kind: 'conflict',
        severity: 'low',
        entityRef: ENTITY,
        owner: 'group:default/payments',
        evidence: [
          message,
          "By entity it is payments's.",
          "By codeowners it is guild's.",
          "By activity it is guild's.",
        ],
        suggestion: {
          owner: 'group:default/guild',
          reason: "2 of 3 sources name it. By codeowners it is guild's.",
        },
      },
    ]);
  });
});
