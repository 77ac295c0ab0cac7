import type { MergeRequestReview } from '@slipway/plugin-platform-common';
import { blockersOf, type MergeFacts } from './blockersOf';

const mara = 'user:default/mara';
const ivo = 'user:default/ivo';

function facts(overrides: Partial<MergeFacts> = {}): MergeFacts {
  return {
    sourceBranch: 'faster',
    targetBranch: 'main',
    owner: 'group:default/payments',
    author: mara,
    commits: [{ authorEmail: 'mara@example.com' }],
    status: { state: 'succeeded', url: '' },
    reviews: [review()],
    conflicts: [],
    ...overrides,
  };
}

function review(
  overrides: Partial<MergeFacts['reviews'][number]> = {},
): MergeFacts['reviews'][number] {
  const said: MergeRequestReview = {
    author: ivo,
    verdict: 'approved',
    createdAt: '',
    sha: 'a',
    isOutdated: false,
  };
  return { ...said, email: 'ivo@example.com', isOwner: true, ...overrides };
}

describe('blockersOf', () => {
  const said = (overrides: Partial<MergeFacts>) =>
    blockersOf(facts(overrides)).map(({ message }) => message);

  it('finds nothing in the way of what is green, approved and fits', () => {
    expect(said({})).toEqual([]);
  });

  it.each([
    [undefined, 'The newest commit of faster has no pipeline yet.'],
    ['queued', 'has not begun yet. It can be merged once it is green.'],
    ['running', 'is running. It can be merged once it is green.'],
    ['failed', 'failed. Mend it and push again.'],
    ['cancelled', 'was cancelled. Push again to run it anew.'],
  ] as const)('wants a green pipeline, not %s', (state, message) => {
    const status = state && { state, url: '' };
    expect(said({ status })).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['nobody', []],
    ['whoever opened it', [review({ author: mara })]],
    ['whoever wrote a commit of it', [review({ email: 'mara@example.com' })]],
    ['another team', [review({ isOwner: false })]],
  ])('does not count a review by %s', (_who, reviews) => {
    expect(said({ reviews })).toEqual([
      'Somebody of payments who wrote none of it has to approve it.',
    ]);
  });

  it('wants another look at commits that came after the approval', () => {
    expect(said({ reviews: [review({ isOutdated: true })] })).toEqual([
      'There are commits that nobody has approved yet. Ask for another look.',
    ]);
  });

  it('waits for whoever asked for changes, however old that is, and whoever else approves', () => {
    const noor = review({
      author: 'user:default/noor',
      verdict: 'changes-requested',
      isOutdated: true,
    });
    expect(said({ reviews: [review(), noor] })).toEqual([
      'noor asked for changes, and has to look again.',
    ]);
    expect(said({ reviews: [review(), { ...noor, isOwner: false }] })).toEqual(
      [],
    );
  });

  it('names the first files that conflict', () => {
    expect(said({ conflicts: ['a', 'b', 'c', 'd', 'e'] })).toEqual([
      'It conflicts with main in a, b, c and 2 more. Merge main into faster, and push.',
    ]);
  });

  it('says nothing else of what is empty', () => {
    expect(said({ commits: [], status: undefined, reviews: [] })).toEqual([
      "faster has nothing that main doesn't have. Push a commit to it.",
    ]);
  });
});
