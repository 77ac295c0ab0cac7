import { useApi } from '@backstage/frontend-plugin-api';
import type { Preview } from '@slipway/plugin-platform-common';
import {
  type Live,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';

/** The previews there are, of all services or of one, or of one of its branches; current. */
export function usePreviews(
  filter: { service?: string; branch?: string } = {},
): Live<Preview[]> {
  const platformApi = useApi(platformApiRef);
  const { service } = filter;
  return useLive({
    key: `previews ${JSON.stringify(filter)}`,
    matches: signal =>
      (signal.type === 'service' || signal.type === 'run') &&
      (service === undefined || signal.service === service),
    query: options =>
      platformApi.listPreviews(
        { ...filter, state: ['active', 'removing'] },
        options,
      ),
  });
}
