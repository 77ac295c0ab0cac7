import { useApi } from '@backstage/frontend-plugin-api';
import type { ResourceType } from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** What can be asked for in every environment, current. */
export function useResourceTypes(): Live<ResourceType[]> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: 'resource-types',
    matches: ({ type }) => type === 'environments',
    query: options => platformApi.listResourceTypes(options),
  });
}
