import type {
  MergeRequest,
  MergeRequestComment,
  MergeRequestReview,
  MergeRequestState,
} from '@slipway/plugin-platform-common';
import { DEFAULT_BRANCH } from '../repositories/types';

/** A row of `merge_requests`, with the repository it is in. */
export interface MergeRequestRow {
  id: string;
  repository_id: string;
  repository: string;
  owner: string;
  number: number;
  title: string;
  description: string;
  state: MergeRequestState;
  source_branch: string;
  author: string;
  head_sha: string;
  base_sha: string;
  merge_sha: string | null;
  ended_by: string | null;
  created_at: Date;
  updated_at: Date;
  ended_at: Date | null;
}

export interface CommentRow {
  id: string;
  author: string;
  text: string;
  path: string | null;
  line: number | null;
  sha: string;
  created_at: Date;
}

export interface ReviewRow {
  author: string;
  verdict: MergeRequestReview['verdict'];
  comment: string | null;
  sha: string;
  created_at: Date;
}

export function toMergeRequest(row: MergeRequestRow): MergeRequest {
  return {
    repository: row.repository,
    owner: row.owner,
    number: row.number,
    title: row.title,
    description: row.description,
    state: row.state,
    sourceBranch: row.source_branch,
    targetBranch: DEFAULT_BRANCH,
    author: row.author,
    sha: row.head_sha,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    endedBy: row.ended_by ?? undefined,
    endedAt: row.ended_at?.toISOString(),
    mergeSha: row.merge_sha ?? undefined,
  };
}

export function toComment(row: CommentRow): MergeRequestComment {
  return {
    id: row.id,
    author: row.author,
    text: row.text,
    createdAt: row.created_at.toISOString(),
    path: row.path ?? undefined,
    line: row.line ?? undefined,
    sha: row.sha,
  };
}

/** @param head - the newest commit: what was said of another is outdated */
export function toReview(row: ReviewRow, head: string): MergeRequestReview {
  return {
    author: row.author,
    verdict: row.verdict,
    comment: row.comment ?? undefined,
    createdAt: row.created_at.toISOString(),
    sha: row.sha,
    isOutdated: row.sha !== head,
  };
}
