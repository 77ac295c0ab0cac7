import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiTeamLine } from '@remixicon/react';
import { OwnershipClient } from '@slipway/plugin-ownership-common';
import { ownershipApiRef } from './api';
import { isGroup, isOwnable } from './entity/isOwnable';
import {
  approvalRouteRef,
  ownershipRouteRef,
  repositoryRouteRef,
  runRouteRef,
} from './routes';

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
    loader: () => import('./OwnershipRouter').then(m => <m.OwnershipRouter />),
  },
});

const ownershipTab = EntityContentBlueprint.make({
  name: 'ownership',
  params: {
    path: '/ownership',
    title: 'Ownership',
    filter: isOwnable,
    loader: () => import('./entity').then(m => <m.OwnershipTab />),
  },
});

const dependenciesTab = EntityContentBlueprint.make({
  name: 'dependencies',
  params: {
    path: '/blast-radius',
    title: 'Blast radius',
    filter: isOwnable,
    loader: () => import('./dependencies').then(m => <m.DependenciesTab />),
  },
});

const timelineTab = EntityContentBlueprint.make({
  name: 'timeline',
  params: {
    path: '/timeline',
    title: 'Timeline',
    filter: isOwnable,
    loader: () => import('./history').then(m => <m.TimelineTab />),
  },
});

const ownershipCard = EntityCardBlueprint.make({
  name: 'ownership',
  params: {
    type: 'info',
    filter: isOwnable,
    loader: () => import('./entity').then(m => <m.OwnershipCard />),
  },
});

const teamCard = EntityCardBlueprint.make({
  name: 'team',
  params: {
    type: 'info',
    filter: isGroup,
    loader: () => import('./entity').then(m => <m.TeamCard />),
  },
});

/** Who owns what: an overview, teams, and what each entity's page says of it. */
export const ownershipPlugin = createFrontendPlugin({
  pluginId: 'ownership',
  title: 'Ownership',
  info: { packageJson: () => import('../package.json') },
  routes: { root: ownershipRouteRef },
  externalRoutes: {
    run: runRouteRef,
    approval: approvalRouteRef,
    repository: repositoryRouteRef,
  },
  extensions: [
    ownershipApi,
    ownershipPage,
    ownershipTab,
    dependenciesTab,
    timelineTab,
    ownershipCard,
    teamCard,
  ],
});
