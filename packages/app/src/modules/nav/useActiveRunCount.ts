import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  FINAL_RUN_STATES,
  RUN_STATES,
  type PlatformApi,
} from '@slipway/plugin-platform-common';
import { useCallback } from 'react';
import { usePlatformData } from '../live';

const ACTIVE_STATES = RUN_STATES.filter(
  state => !FINAL_RUN_STATES.includes(state),
);

/** How many are counted; beyond it the exact number helps nobody. */
const LIMIT = 99;

/** How many of the signed-in person's runs are under way, kept up to date. */
export function useActiveRunCount(): number {
  const identityApi = useApi(identityApiRef);
  const load = useCallback(
    async (platformApi: PlatformApi) => {
      const { userEntityRef } = await identityApi.getBackstageIdentity();
      const page = await platformApi.listRuns({
        requestedBy: userEntityRef,
        state: ACTIVE_STATES,
        limit: LIMIT,
      });
      return page.items.length;
    },
    [identityApi],
  );
  return usePlatformData(load, ['run']).value ?? 0;
}
