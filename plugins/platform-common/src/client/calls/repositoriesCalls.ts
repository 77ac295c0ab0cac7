import type {
  CommitDetail,
  CommitSummary,
  FileContent,
  Repository,
  TreeEntry,
} from '../../repositories';
import type { RequestOptions } from '../options';
import type { CreateRepositoryRequest, PlatformApi } from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Repositories, their files and commits. */
export const repositoriesCalls = (http: PlatformHttp) =>
  ({
    createRepository(
      request: CreateRepositoryRequest,
      archive: Uint8Array,
      options?: RequestOptions,
    ) {
      return http.json<Repository>('/repositories', {
        ...options,
        method: 'POST',
        query: { ...request },
        body: archive,
      });
    },

    listRepositories(options?: RequestOptions) {
      return http.items<Repository>('/repositories', options);
    },

    getRepository(name: string, options?: RequestOptions) {
      return http.json<Repository>(path`/repositories/${name}`, options);
    },

    getTree(
      repository: string,
      ref: string,
      treePath: string,
      options?: RequestOptions,
    ) {
      return http.items<TreeEntry>(path`/repositories/${repository}/tree`, {
        ...options,
        query: { ref, path: treePath },
      });
    },

    getFile(
      repository: string,
      ref: string,
      filePath: string,
      options?: RequestOptions,
    ) {
      return http.json<FileContent>(path`/repositories/${repository}/file`, {
        ...options,
        query: { ref, path: filePath },
      });
    },

    listCommits(
      repository: string,
      ref: string,
      options: RequestOptions & { limit?: number; offset?: number } = {},
    ) {
      const { limit, offset, ...rest } = options;
      return http.items<CommitSummary>(
        path`/repositories/${repository}/commits`,
        { ...rest, query: { ref, limit, offset } },
      );
    },

    getCommit(repository: string, sha: string, options?: RequestOptions) {
      return http.json<CommitDetail>(
        path`/repositories/${repository}/commits/${sha}`,
        options,
      );
    },
  }) satisfies Partial<PlatformApi>;
