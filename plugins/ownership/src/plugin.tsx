import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiTeamLine } from '@remixicon/react';
import { OwnershipClient } from '@slipway/plugin-ownership-common';
import { ownershipApiRef } from './api';
import { ownershipRouteRef } from './routes';

const ownershipApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: ownershipApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => new OwnershipClient(dependencies),
    }),
});

const ownershipPage = PageBlueprint.make({
  params: {
    path: '/ownership',
    title: 'Ownership',
    icon: <RiTeamLine />,
    routeRef: ownershipRouteRef,
    noHeader: true,
    loader: () => import('./overview').then(m => <m.OwnershipPage />),
  },
});

/** Who owns what: an overview, teams, and what each entity's page says of it. */
export const ownershipPlugin = createFrontendPlugin({
  pluginId: 'ownership',
  title: 'Ownership',
  info: { packageJson: () => import('../package.json') },
  routes: { root: ownershipRouteRef },
  extensions: [ownershipApi, ownershipPage],
});
