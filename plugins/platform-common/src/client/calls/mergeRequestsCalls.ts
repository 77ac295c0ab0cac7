import type {
  Branch,
  MergeRequest,
  MergeRequestDetail,
  Repository,
} from '../../repositories';
import type { MergeRequestPlace, MergeRequestsApi } from '../MergeRequestsApi';
import type { RequestOptions } from '../options';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Merge requests and branches. */
export const mergeRequestsCalls = (http: PlatformHttp): MergeRequestsApi => {
  const placed = ({ repository, number }: MergeRequestPlace) =>
    path`/repositories/${repository}/merge-requests/${String(number)}`;
  const act = (
    place: MergeRequestPlace,
    what: string,
    json: object,
    options?: RequestOptions,
  ) =>
    http.json<MergeRequestDetail>(`${placed(place)}/${what}`, {
      ...options,
      method: 'POST',
      json,
    });
  return {
    listMergeRequests({ repository, state, owner }, options) {
      return http.items<MergeRequest>(
        repository
          ? path`/repositories/${repository}/merge-requests`
          : '/merge-requests',
        { ...options, query: { state, owner: owner?.join(',') } },
      );
    },
    getMergeRequest(place, options) {
      return http.json<MergeRequestDetail>(placed(place), options);
    },
    openMergeRequest(repository, request, options) {
      return http.json<MergeRequestDetail>(
        path`/repositories/${repository}/merge-requests`,
        { ...options, method: 'POST', json: request },
      );
    },
    describeMergeRequest: (place, set, options) =>
      act(place, 'describe', set, options),
    commentOnMergeRequest: (place, comment, options) =>
      act(place, 'comments', comment, options),
    reviewMergeRequest: (place, review, options) =>
      act(place, 'reviews', review, options),
    mergeMergeRequest: (place, request, options) =>
      act(place, 'merge', request, options),
    closeMergeRequest: (place, options) => act(place, 'close', {}, options),
    reopenMergeRequest: (place, options) => act(place, 'reopen', {}, options),
    listBranches(repository, options) {
      return http.items<Branch>(
        path`/repositories/${repository}/branches`,
        options,
      );
    },
    protectRepository(repository, isProtected, options) {
      return http.json<Repository>(
        path`/repositories/${repository}/protection`,
        { ...options, method: 'POST', json: { isProtected } },
      );
    },
  };
};
