import { useApi } from '@backstage/frontend-plugin-api';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import type { RunPlan, StartRunRequest } from '@slipway/plugin-platform-common';

/** What a run would do if it were started now, and what the rules say to it; follows what changes meanwhile. */
export function useRunPlan(request: StartRunRequest): Live<RunPlan> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: JSON.stringify(request),
    query: options => platformApi.planRun(request, options),
    matches: ({ type }) =>
      type === 'run' || type === 'resource' || type === 'environments',
  });
}
