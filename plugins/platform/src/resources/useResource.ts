import { useApi } from '@backstage/frontend-plugin-api';
import type { Resource } from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** One resource, current. */
export function useResource(resourceId: string): Live<Resource> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: resourceId,
    matches: signal =>
      signal.type === 'resource' && signal.resourceId === resourceId,
    query: options => platformApi.getResource(resourceId, options),
  });
}
