import type {
  Page,
  Run,
  RunFilter,
  RunPlan,
  StartRunRequest,
} from '../../runs';
import type { RequestOptions, StartOptions } from '../options';
import type { PlatformApi, RunStreamEvent } from '../PlatformApi';
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

    planRun(request: StartRunRequest, options?: RequestOptions) {
      return http.json<RunPlan>('/runs/plan', {
        ...options,
        method: 'POST',
        json: request,
      });
    },

    startRun(
      request: StartRunRequest & { hold?: boolean },
      options?: StartOptions,
    ) {
      return http.json<Run>('/runs', {
        ...options,
        method: 'POST',
        json: request,
      });
    },

    startPlannedRun(id: string, options?: RequestOptions) {
      return changeRun(http, path`/runs/${id}/start`, options);
    },

    cancelRun(id: string, options?: RequestOptions) {
      return changeRun(http, path`/runs/${id}/cancel`, options);
    },

    retryRun(id: string, options?: RequestOptions) {
      return changeRun(http, path`/runs/${id}/retry`, options);
    },

    undoRun(id: string, options?: RequestOptions) {
      return changeRun(http, path`/runs/${id}/undo`, options);
    },

    giveUpRun(id: string, options?: RequestOptions) {
      return changeRun(http, path`/runs/${id}/give-up`, options);
    },

    streamRun(id: string, options?: RequestOptions) {
      return http.stream<RunStreamEvent>(path`/runs/${id}/stream`, options);
    },
  }) satisfies Partial<PlatformApi>;

function changeRun(
  http: PlatformHttp,
  urlPath: string,
  options?: RequestOptions,
): Promise<Run> {
  return http.json<Run>(urlPath, { ...options, method: 'POST' });
}
