import type { JobLogLine, Pipeline } from '../../pipelines';
import type { RequestOptions } from '../options';
import type { PlatformApi } from '../PlatformApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Pipelines and the logs of their jobs. */
export const pipelinesCalls = (http: PlatformHttp) =>
  ({
    listPipelines(
      filter: { service: string; limit?: number },
      options?: RequestOptions,
    ) {
      return http.items<Pipeline>('/pipelines', { ...options, query: filter });
    },

    getPipeline(id: string, options?: RequestOptions) {
      return http.json<Pipeline>(path`/pipelines/${id}`, options);
    },

    getJobLog(
      pipelineId: string,
      job: string,
      after?: number,
      options?: RequestOptions,
    ) {
      return http.json<{ lines: JobLogLine[]; truncated: number }>(
        path`/pipelines/${pipelineId}/jobs/${job}/log`,
        { ...options, query: { after } },
      );
    },
  }) satisfies Partial<PlatformApi>;
