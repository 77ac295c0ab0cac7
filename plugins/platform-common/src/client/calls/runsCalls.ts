import type { Page, Run, RunFilter } from '../../runs';
import type {
  PlatformApi,
  RequestOptions,
  RunStreamEvent,
} from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Runs, whatever they are of. */
export const runsCalls = (http: PlatformHttp) =>
  ({
    listRuns(
      filter: RunFilter & { cursor?: string; limit?: number },
      options?: RequestOptions,
    ) {
      return http.json<Page<Run>>('/runs', {
        ...options,
        query: { ...filter },
      });
    },

    getRun(id: string, options?: RequestOptions) {
      return http.json<Run>(path`/runs/${id}`, options);
    },

    cancelRun(id: string, options?: RequestOptions) {
      return http.json<Run>(path`/runs/${id}/cancel`, {
        ...options,
        method: 'POST',
      });
    },

    retryRun(id: string, options?: RequestOptions) {
      return http.json<Run>(path`/runs/${id}/retry`, {
        ...options,
        method: 'POST',
      });
    },

    streamRun(id: string, options?: RequestOptions) {
      return http.stream<RunStreamEvent>(path`/runs/${id}/stream`, options);
    },
  }) satisfies Partial<PlatformApi>;
