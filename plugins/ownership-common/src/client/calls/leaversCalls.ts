import type { Page, PlatformHttp } from '@slipway/plugin-platform-common';
import type { Leaver } from '../../api';
import type { OwnershipApi } from '../OwnershipApi';

/** Who left. */
export const leaversCalls = (
  http: PlatformHttp,
): Pick<OwnershipApi, 'listLeavers' | 'confirmLeavers'> => ({
  listLeavers(paging, options) {
    return http.json<Page<Leaver>>('/leavers', {
      ...options,
      query: { ...paging },
    });
  },

  async confirmLeavers(ids, options) {
    const { items } = await http.json<{ items: Leaver[] }>('/leavers/confirm', {
      ...options,
      method: 'POST',
      json: { ids },
    });
    return items;
  },
});
