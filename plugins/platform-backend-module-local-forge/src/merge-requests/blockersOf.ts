import { parseEntityRef } from '@backstage/catalog-model';
import type {
  CommitStatus,
  CommitSummary,
  MergeBlocker,
  MergeRequestReview,
} from '@slipway/plugin-platform-common';

/** What is known of a merge request when it is asked whether it can be merged. */
export interface MergeFacts {
  sourceBranch: string;
  targetBranch: string;
  owner: string;
  author: string;
  commits: Pick<CommitSummary, 'authorEmail'>[];
  status: CommitStatus | undefined;
  /** The newest of each person. */
  reviews: Array<
    MergeRequestReview & {
      /** Of the person; missing where the catalog has them no more. */
      email: string | undefined;
      isOwner: boolean;
    }
  >;
  conflicts: string[];
}

const WAITS: Record<CommitStatus['state'], string> = {
  queued: 'has not begun yet. It can be merged once it is green.',
  running: 'is running. It can be merged once it is green.',
  succeeded: '',
  failed: 'failed. Mend it and push again.',
  cancelled: 'was cancelled. Push again to run it anew.',
};

/** How many files with conflicts are named. */
const NAMED = 3;

/** What keeps it from being merged; empty where nothing does. */
export function blockersOf(facts: MergeFacts): MergeBlocker[] {
  const { sourceBranch, targetBranch, commits } = facts;
  if (commits.length === 0) {
    return [
      {
        kind: 'empty',
        message: `${sourceBranch} has nothing that ${targetBranch} doesn't have. Push a commit to it.`,
      },
    ];
  }
  return [
    ...conflictsOf(facts),
    ...pipelineOf(facts),
    ...unmetReviewOf(facts),
    ...wantedChangesOf(facts),
  ];
}

function conflictsOf(facts: MergeFacts): MergeBlocker[] {
  const { conflicts, sourceBranch, targetBranch } = facts;
  if (conflicts.length === 0) {
    return [];
  }
  const more = conflicts.length - NAMED;
  const files = `${conflicts.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    {
      kind: 'conflicts',
      message: `It conflicts with ${targetBranch} in ${files}. Merge ${targetBranch} into ${sourceBranch}, and push.`,
    },
  ];
}

function pipelineOf({ status, sourceBranch }: MergeFacts): MergeBlocker[] {
  if (status?.state === 'succeeded') {
    return [];
  }
  const message = status
    ? `The pipeline of ${sourceBranch} ${WAITS[status.state]}`
    : `The newest commit of ${sourceBranch} has no pipeline yet.`;
  return [{ kind: 'pipeline', message }];
}

/** Nobody's word counts on what they made themselves. */
function unmetReviewOf(facts: MergeFacts): MergeBlocker[] {
  const { reviews, author, owner, commits } = facts;
  const wrote = (email: string | undefined) =>
    commits.some(({ authorEmail }) => authorEmail === email);
  const approvals = reviews.filter(
    review =>
      review.verdict === 'approved' &&
      review.isOwner &&
      review.author !== author &&
      !wrote(review.email),
  );
  if (approvals.some(({ isOutdated }) => !isOutdated)) {
    return [];
  }
  const message =
    approvals.length > 0
      ? 'There are commits that nobody has approved yet. Ask for another look.'
      : `Somebody of ${parseEntityRef(owner).name} who wrote none of it has to approve it.`;
  return [{ kind: 'review', message }];
}

function wantedChangesOf({ reviews }: MergeFacts): MergeBlocker[] {
  return reviews
    .filter(
      ({ verdict, isOwner }) => verdict === 'changes-requested' && isOwner,
    )
    .map(({ author }) => ({
      kind: 'changes-requested',
      message: `${parseEntityRef(author).name} asked for changes, and has to look again.`,
    }));
}
