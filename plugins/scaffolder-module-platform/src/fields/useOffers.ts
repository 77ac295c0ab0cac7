import { useApi } from '@backstage/frontend-plugin-api';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import type { ResourceType } from '@slipway/plugin-platform-common';

/** What can be asked for of a resource type; nothing where it is no type, or none was named. */
export function useOffers(
  type: string | undefined,
): Live<Pick<ResourceType, 'title' | 'offers'> | undefined> {
  const platformApi = useApi(platformApiRef);
  return useLive({
    key: `offers of ${type}`,
    query: async options => {
      if (type === undefined) {
        return undefined;
      }
      const types = await platformApi.listResourceTypes(options);
      return (
        types.find(known => known.type === type) ?? { title: type, offers: [] }
      );
    },
    matches: signal => signal.type === 'environments',
  });
}
