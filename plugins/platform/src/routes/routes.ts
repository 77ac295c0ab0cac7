import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const runsRouteRef = createRouteRef();

export const runRouteRef = createSubRouteRef({
  parent: runsRouteRef,
  path: '/:runId',
});

export const approvalsRouteRef = createRouteRef();

export const approvalRouteRef = createSubRouteRef({
  parent: approvalsRouteRef,
  path: '/:approvalId',
});

export const deliveriesRouteRef = createRouteRef();

export const releaseRouteRef = createSubRouteRef({
  parent: deliveriesRouteRef,
  path: '/:service/:number',
});

export const insightsRouteRef = createRouteRef();

export const environmentsRouteRef = createRouteRef();

export const resourcesRouteRef = createRouteRef();

export const resourceRouteRef = createSubRouteRef({
  parent: resourcesRouteRef,
  path: '/:resourceId',
});

export const repositoriesRouteRef = createRouteRef();

export const repositoryRouteRef = createSubRouteRef({
  parent: repositoriesRouteRef,
  path: '/:repository',
});

export const commitRouteRef = createSubRouteRef({
  parent: repositoriesRouteRef,
  path: '/:repository/commits/:sha',
});

export const accessTokensRouteRef = createRouteRef();

/** Where people choose what to create. */
export const createPageRouteRef = createExternalRouteRef({
  defaultTarget: 'scaffolder.root',
});
