import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PlatformApi } from '@slipway/plugin-platform-common';

/** The platform's API in the browser; it acts as the signed-in user. */
export const platformApiRef = createApiRef<PlatformApi>().with({
  id: 'plugin.platform.api',
  pluginId: 'platform',
});
