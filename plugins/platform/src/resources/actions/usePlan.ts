import { useApi } from '@backstage/frontend-plugin-api';
import type { RunPlan, StartRunRequest } from '@slipway/plugin-platform-common';
import { useRef } from 'react';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** A plan that stays current while somebody looks at it. */
export interface LivePlan extends Live<RunPlan | undefined> {
  /** Whether it is another than the one that was shown first. */
  hasChanged: boolean;
}

/** What a run would do to a resource if it were started now; nothing while it isn't known what to ask for. */
export function usePlan(
  resourceId: string,
  request: StartRunRequest | undefined,
): LivePlan {
  const platformApi = useApi(platformApiRef);
  const key = JSON.stringify(request ?? 'nothing');
  const first = useRef<{ key: string; digest: string }>();
  const live = useLive({
    key,
    matches: signal =>
      signal.type === 'environments' ||
      (signal.type === 'resource' && signal.resourceId === resourceId),
    query: async options =>
      request ? platformApi.planRun(request, options) : undefined,
  });
  const digest = live.data?.digest;
  if (digest !== undefined && first.current?.key !== key) {
    first.current = { key, digest };
  }
  return {
    ...live,
    hasChanged: digest !== undefined && first.current?.digest !== digest,
  };
}
