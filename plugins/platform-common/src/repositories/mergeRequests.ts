import type { PipelineState } from '../pipelines';
import type { CommitFile, CommitSummary } from './types';

export const MERGE_REQUEST_STATES = ['open', 'merged', 'closed'] as const;
export type MergeRequestState = (typeof MERGE_REQUEST_STATES)[number];

/** What the pipeline of a commit has come to. */
export interface CommitStatus {
  state: PipelineState;
  /** Where to look at it. */
  url: string;
}

/** A request to bring a branch into the default branch. Times are ISO 8601 in UTC, people entity references. */
export interface MergeRequest {
  repository: string;
  /** The team that owns the repository. */
  owner: string;
  /** Counts within the repository, from 1. */
  number: number;
  title: string;
  description: string;
  state: MergeRequestState;
  sourceBranch: string;
  targetBranch: string;
  author: string;
  /** The newest commit of the branch; of one that isn't open, as it was last. */
  sha: string;
  createdAt: string;
  updatedAt: string;
  /** Who merged or closed it; missing while it is open, or where its branch was merged or deleted by hand. */
  endedBy?: string;
  endedAt?: string;
  /** The commit that brought it into the default branch. */
  mergeSha?: string;
}

/** Something that keeps a merge request from being merged. */
export interface MergeBlocker {
  kind: 'pipeline' | 'review' | 'changes-requested' | 'conflicts' | 'empty';
  /** What is in the way and what to do, in one sentence. */
  message: string;
}

export interface MergeRequestComment {
  id: string;
  author: string;
  text: string;
  createdAt: string;
  /** The file it is about; missing where it is about all. */
  path?: string;
  /** The line of the file as the branch has it. */
  line?: number;
  /** The newest commit when it was written. */
  sha: string;
}

export interface MergeRequestReview {
  author: string;
  verdict: 'approved' | 'changes-requested';
  comment?: string;
  createdAt: string;
  /** The newest commit that was looked at. */
  sha: string;
  /** Whether there are newer commits: an approval doesn't count then. */
  isOutdated: boolean;
}

export interface MergeRequestDetail extends MergeRequest {
  /** Those that the default branch doesn't have, the newest first. */
  commits: CommitSummary[];
  /** What they change altogether. */
  files: CommitFile[];
  comments: MergeRequestComment[];
  /** The newest of each person. */
  reviews: MergeRequestReview[];
  /** Missing while the commit has no pipeline. */
  status?: CommitStatus;
  /** Empty where it can be merged, or isn't open. */
  blockers: MergeBlocker[];
  /** Who may review it. */
  canReview: boolean;
}

export interface Branch {
  name: string;
  head: CommitSummary;
  isDefault: boolean;
  /** The number of the merge request that is open for it. */
  mergeRequest?: number;
}
