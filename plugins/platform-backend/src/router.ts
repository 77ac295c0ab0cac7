import express, { type Router } from 'express';
import { addApprovalRoutes } from './approvals/router';
import { createDeploymentsRouter } from './deployments/router';
import { addLedgerRoutes } from './ledger/router';
import { createApiRouter } from './openapi';
import { createOverviewRouter } from './overview/router';
import { createPipelinesRouter } from './pipelines/router';
import { addResourceRoutes } from './resources/router';
import { addRunRoutes } from './runs/router';
import { createServicesRouter } from './services/router';

/** How much another system may send to a callback. */
const CALLBACK_LIMIT = '64kb';

type RouterOptions = Parameters<typeof addRunRoutes>[1] &
  Parameters<typeof addApprovalRoutes>[1] &
  Parameters<typeof addLedgerRoutes>[1] &
  Parameters<typeof addResourceRoutes>[1] &
  Parameters<typeof createPipelinesRouter>[0] &
  Parameters<typeof createDeploymentsRouter>[0] &
  Parameters<typeof createOverviewRouter>[0] &
  Parameters<typeof createServicesRouter>[0];

/** The platform's whole API; modules add theirs beside it. */
export function createRouter(options: RouterOptions): Router {
  const documented = createApiRouter();
  addRunRoutes(documented, options);
  addApprovalRoutes(documented, options);
  addLedgerRoutes(documented, options);
  addResourceRoutes(documented, options);
  return express
    .Router()
    .use('/callbacks', express.json({ limit: CALLBACK_LIMIT }))
    .use(express.json())
    .use(documented)
    .use(createPipelinesRouter(options))
    .use(createDeploymentsRouter(options))
    .use(createServicesRouter(options))
    .use(createOverviewRouter(options));
}
