import express, { type Router } from 'express';
import { addCoverageRoutes } from './coverage/router';
import { addDependencyRoutes } from './dependencies/router';
import { addEntityRoutes } from './entities/router';
import { addFindingRoutes } from './findings/router';
import { addImportRoutes, createUploadRouter } from './imports/router';
import { addLeaverRoutes } from './leavers/router';
import { addOnCallRoutes } from './onCall/router';
import { createApiRouter } from './openapi';
import { addTeamRoutes } from './teams/router';
import { addTransferRoutes } from './transfers/router';

/** What answers requests. */
export type RouterOptions = Parameters<typeof addEntityRoutes>[1] &
  Parameters<typeof addDependencyRoutes>[1] &
  Parameters<typeof addCoverageRoutes>[1] &
  Parameters<typeof addFindingRoutes>[1] &
  Parameters<typeof addTeamRoutes>[1] &
  Parameters<typeof addImportRoutes>[1] &
  Parameters<typeof addLeaverRoutes>[1] &
  Parameters<typeof addOnCallRoutes>[1] &
  Parameters<typeof addTransferRoutes>[1];

/** The whole API of ownership. */
export function createRouter(options: RouterOptions): Router {
  const documented = createApiRouter();
  addEntityRoutes(documented, options);
  addDependencyRoutes(documented, options);
  addCoverageRoutes(documented, options);
  addFindingRoutes(documented, options);
  addTeamRoutes(documented, options);
  addImportRoutes(documented, options);
  addLeaverRoutes(documented, options);
  addOnCallRoutes(documented, options);
  addTransferRoutes(documented, options);
  return express
    .Router()
    .use(createUploadRouter(options))
    .use(express.json())
    .use(documented);
}
