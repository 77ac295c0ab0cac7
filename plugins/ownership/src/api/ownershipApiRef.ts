import { createApiRef } from '@backstage/frontend-plugin-api';
import type { OwnershipApi } from '@slipway/plugin-ownership-common';

/** The ownership backend in the browser; it acts as the signed-in user. */
export const ownershipApiRef = createApiRef<OwnershipApi>().with({
  id: 'plugin.ownership.api',
  pluginId: 'ownership',
});
