import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** The overview; every other page of the plugin is below it. */
export const ownershipRouteRef = createRouteRef();

/** The page of a run. */
export const runRouteRef = createExternalRouteRef({
  params: ['runId'],
  defaultTarget: 'platform.run',
});

/** The pages of a repository. */
export const repositoryRouteRef = createExternalRouteRef({
  params: ['repository'],
  defaultTarget: 'platform.repository',
});

/** The page of an approval. */
export const approvalRouteRef = createExternalRouteRef({
  params: ['approvalId'],
  defaultTarget: 'platform.approval',
});
