import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** The environments in their order, current. */
export function useEnvironments(): Live<Environment[]> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: 'environments',
    matches: ({ type }) => type === 'environments',
    query: options => platformApi.listEnvironments(options),
  });
}
