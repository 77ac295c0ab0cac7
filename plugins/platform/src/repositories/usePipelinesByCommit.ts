import { useApi } from '@backstage/frontend-plugin-api';
import type { Pipeline } from '@slipway/plugin-platform-common';
import { platformApiRef, useLive } from '@slipway/plugin-platform-react';

/** How many of the newest pipelines are looked through; older commits show no status. */
const PIPELINES = 100;

/** The newest pipeline of each commit of a repository, by the commit's hash; stays current by itself. */
export function usePipelinesByCommit(
  repository: string,
): ReadonlyMap<string, Pipeline> {
  const platformApi = useApi(platformApiRef);
  const { data = [] } = useLive({
    key: repository,
    matches: signal =>
      signal.type === 'pipeline' && signal.service === repository,
    query: options =>
      platformApi.listPipelines(
        { service: repository, limit: PIPELINES },
        options,
      ),
  });
  return new Map(
    [...data].reverse().map(pipeline => [pipeline.commit.sha, pipeline]),
  );
}
