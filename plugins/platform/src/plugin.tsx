import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { platformApiRef } from './api';

const platformApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => new PlatformClient(dependencies),
    }),
});

/** Runs, repositories and access tokens, and what a service's page shows of them. */
export const platformPlugin = createFrontendPlugin({
  pluginId: 'platform',
  title: 'Platform',
  info: { packageJson: () => import('../package.json') },
  extensions: [platformApi],
});
