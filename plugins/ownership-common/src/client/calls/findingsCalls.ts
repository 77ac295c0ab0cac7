import {
  type Page,
  type PlatformHttp,
  urlPath,
} from '@slipway/plugin-platform-common';
import type { Finding } from '../../api';
import type { OwnershipApi } from '../OwnershipApi';

/** What is wrong with how things are owned. */
export const findingsCalls = (
  http: PlatformHttp,
): Pick<
  OwnershipApi,
  'listFindings' | 'assignFinding' | 'snoozeFinding' | 'wakeFinding'
> => ({
  listFindings(filter, options) {
    return http.json<Page<Finding>>('/findings', {
      ...options,
      query: { ...filter },
    });
  },

  assignFinding(id, assignee, options) {
    return http.json<Finding>(urlPath`/findings/${id}/assign`, {
      ...options,
      method: 'POST',
      json: { assignee },
    });
  },

  snoozeFinding({ id, ...json }, options) {
    return http.json<Finding>(urlPath`/findings/${id}/snooze`, {
      ...options,
      method: 'POST',
      json,
    });
  },

  wakeFinding(id, options) {
    return http.json<Finding>(urlPath`/findings/${id}/wake`, {
      ...options,
      method: 'POST',
    });
  },
});
