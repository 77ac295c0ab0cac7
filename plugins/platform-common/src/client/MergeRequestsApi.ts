import type {
  Branch,
  MergeRequest,
  MergeRequestDetail,
  MergeRequestReview,
  MergeRequestState,
  Repository,
} from '../repositories';
import type { RequestOptions } from './options';

/** Which merge request: its repository, and its number in it. */
export interface MergeRequestPlace {
  repository: string;
  number: number;
}

/** Requests to bring branches into default branches. Every call about one answers how it is then. */
export interface MergeRequestsApi {
  /** Of every repository, what changed last first. */
  listMergeRequests(
    filter: {
      repository?: string;
      state?: MergeRequestState;
      owner?: string[];
    },
    options?: RequestOptions,
  ): Promise<MergeRequest[]>;
  getMergeRequest(
    place: MergeRequestPlace,
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  openMergeRequest(
    repository: string,
    request: { sourceBranch: string; title: string; description?: string },
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  describeMergeRequest(
    place: MergeRequestPlace,
    set: { title?: string; description?: string },
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  commentOnMergeRequest(
    place: MergeRequestPlace,
    comment: { text: string; path?: string; line?: number },
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  /** `sha` is the newest commit that the reviewer has seen. */
  reviewMergeRequest(
    place: MergeRequestPlace,
    review: {
      verdict: MergeRequestReview['verdict'];
      sha: string;
      comment?: string;
    },
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  /** `sha` is the newest commit that whoever merges has seen. */
  mergeMergeRequest(
    place: MergeRequestPlace,
    request: { sha: string; keepBranch?: boolean },
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  closeMergeRequest(
    place: MergeRequestPlace,
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  reopenMergeRequest(
    place: MergeRequestPlace,
    options?: RequestOptions,
  ): Promise<MergeRequestDetail>;
  /** What changed last first. */
  listBranches(repository: string, options?: RequestOptions): Promise<Branch[]>;
  /** Whether the default branch takes merges only. */
  protectRepository(
    repository: string,
    isProtected: boolean,
    options?: RequestOptions,
  ): Promise<Repository>;
}
