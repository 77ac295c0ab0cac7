import { useApi } from '@backstage/frontend-plugin-api';
import type { EnvironmentsView } from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** Environments and definitions as they were read, and what they would change; current. */
export function useEnvironmentsView(): Live<EnvironmentsView> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: 'environments-view',
    matches: ({ type }) => type === 'environments' || type === 'resource',
    query: options => platformApi.getEnvironments(options),
  });
}
