import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  RiCheckboxCircleLine,
  RiDatabase2Line,
  RiGitRepositoryLine,
  RiLineChartLine,
  RiPlayCircleLine,
  RiShipLine,
  RiStackLine,
} from '@remixicon/react';
import { PlatformClient } from '@slipway/plugin-platform-common';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { isResource, isService } from './entity';
import {
  accessTokensRouteRef,
  approvalRouteRef,
  approvalsRouteRef,
  commitRouteRef,
  createPageRouteRef,
  deliveriesRouteRef,
  environmentsRouteRef,
  insightsRouteRef,
  repositoriesRouteRef,
  releaseRouteRef,
  repositoryRouteRef,
  resourceRouteRef,
  resourcesRouteRef,
  runRouteRef,
  runsRouteRef,
} from './routes';

const platformApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: dependencies => new PlatformClient(dependencies),
    }),
});

const runsPage = PageBlueprint.make({
  name: 'runs',
  params: {
    path: '/runs',
    title: 'Runs',
    icon: <RiPlayCircleLine />,
    routeRef: runsRouteRef,
    noHeader: true,
    loader: () => import('./runs').then(m => <m.RunsRouter />),
  },
});

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/approvals',
    title: 'Approvals',
    icon: <RiCheckboxCircleLine />,
    routeRef: approvalsRouteRef,
    noHeader: true,
    loader: () =>
      import('./approvals/ApprovalsRouter').then(m => <m.ApprovalsRouter />),
  },
});

const deliveriesPage = PageBlueprint.make({
  name: 'deliveries',
  params: {
    path: '/deliveries',
    title: 'Deliveries',
    icon: <RiShipLine />,
    routeRef: deliveriesRouteRef,
    noHeader: true,
    loader: () => import('./deliveries').then(m => <m.DeliveriesRouter />),
  },
});

const environmentsPage = PageBlueprint.make({
  name: 'environments',
  params: {
    path: '/environments',
    title: 'Environments',
    icon: <RiStackLine />,
    routeRef: environmentsRouteRef,
    noHeader: true,
    loader: () => import('./environments').then(m => <m.EnvironmentsRouter />),
  },
});

const resourcesPage = PageBlueprint.make({
  name: 'resources',
  params: {
    path: '/resources',
    title: 'Resources',
    icon: <RiDatabase2Line />,
    routeRef: resourcesRouteRef,
    noHeader: true,
    loader: () => import('./resources').then(m => <m.ResourcesRouter />),
  },
});

const insightsPage = PageBlueprint.make({
  name: 'insights',
  params: {
    path: '/insights',
    title: 'Insights',
    icon: <RiLineChartLine />,
    routeRef: insightsRouteRef,
    noHeader: true,
    loader: () => import('./insights').then(m => <m.InsightsRouter />),
  },
});

const repositoriesPage = PageBlueprint.make({
  name: 'repositories',
  params: {
    path: '/repositories',
    title: 'Repositories',
    icon: <RiGitRepositoryLine />,
    routeRef: repositoriesRouteRef,
    noHeader: true,
    loader: () => import('./repositories').then(m => <m.RepositoriesRouter />),
  },
});

const accessTokensPage = SubPageBlueprint.make({
  name: 'access-tokens',
  attachTo: { id: 'page:user-settings', input: 'pages' },
  params: {
    path: 'access-tokens',
    title: 'Access tokens',
    routeRef: accessTokensRouteRef,
    loader: () => import('./accessTokens').then(m => <m.AccessTokensPage />),
  },
});

const deliveryTab = EntityContentBlueprint.make({
  name: 'delivery',
  params: {
    path: '/delivery',
    title: 'Delivery',
    filter: isService,
    loader: () => import('./delivery').then(m => <m.DeliveryTab />),
  },
});

const infrastructureTab = EntityContentBlueprint.make({
  name: 'infrastructure',
  params: {
    path: '/infrastructure',
    title: 'Infrastructure',
    filter: isService,
    loader: () => import('./infrastructure').then(m => <m.InfrastructureTab />),
  },
});

const pipelinesTab = EntityContentBlueprint.make({
  name: 'pipelines',
  params: {
    path: '/pipelines',
    title: 'Pipelines',
    filter: isService,
    loader: () =>
      import('./pipelines/PipelinesTab').then(m => <m.PipelinesTab />),
  },
});

const configurationTab = EntityContentBlueprint.make({
  name: 'configuration',
  params: {
    path: '/configuration',
    title: 'Configuration',
    filter: isService,
    loader: () => import('./configuration').then(m => <m.ConfigurationTab />),
  },
});

const logsTab = EntityContentBlueprint.make({
  name: 'logs',
  params: {
    path: '/logs',
    title: 'Logs',
    filter: isService,
    loader: () => import('./logs').then(m => <m.LogsTab />),
  },
});

const healthCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'content',
    filter: isService,
    loader: () => import('./overview').then(m => <m.HealthCard />),
  },
});

const repositoryCard = EntityCardBlueprint.make({
  name: 'repository',
  params: {
    type: 'content',
    filter: isService,
    loader: () => import('./overview').then(m => <m.RepositoryCard />),
  },
});

const resourceCard = EntityCardBlueprint.make({
  name: 'resource',
  params: {
    type: 'content',
    filter: isResource,
    loader: () => import('./resources').then(m => <m.ResourceCard />),
  },
});

/** Runs, environments, resources, repositories and access tokens, and what a service's page shows of them. */
export const platformPlugin = createFrontendPlugin({
  pluginId: 'platform',
  title: 'Platform',
  info: { packageJson: () => import('../package.json') },
  routes: {
    runs: runsRouteRef,
    run: runRouteRef,
    approvals: approvalsRouteRef,
    approval: approvalRouteRef,
    deliveries: deliveriesRouteRef,
    release: releaseRouteRef,
    environments: environmentsRouteRef,
    resources: resourcesRouteRef,
    resource: resourceRouteRef,
    insights: insightsRouteRef,
    repositories: repositoriesRouteRef,
    repository: repositoryRouteRef,
    commit: commitRouteRef,
    accessTokens: accessTokensRouteRef,
  },
  externalRoutes: { create: createPageRouteRef },
  extensions: [
    platformApi,
    runsPage,
    approvalsPage,
    deliveriesPage,
    environmentsPage,
    resourcesPage,
    insightsPage,
    repositoriesPage,
    accessTokensPage,
    deliveryTab,
    configurationTab,
    infrastructureTab,
    pipelinesTab,
    logsTab,
    healthCard,
    repositoryCard,
    resourceCard,
  ],
});
