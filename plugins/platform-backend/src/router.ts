import express, { type Router } from 'express';
import { addApprovalRoutes } from './approvals/router';
import { createCallsRouter } from './calls/router';
import { addConfigurationRoutes } from './configuration/router';
import { addDeliveryRoutes } from './deployments/router';
import { addFactRoutes } from './facts/router';
import { createHistoryRouter } from './history/router';
import { createLeaversRouter } from './leavers/router';
import { addLedgerRoutes } from './ledger/router';
import { createApiRouter } from './openapi';
import { createOverviewRouter } from './overview/router';
import { createPipelinesRouter } from './pipelines/router';
import { createOwnershipRouter } from './ownership/router';
import { addResourceRoutes } from './resources/router';
import { addRunRoutes } from './runs/router';
import { addPreviewRoutes } from './previews/router';
import { createServicesRouter } from './services/router';

/** How much another system may send to a callback. */
const CALLBACK_LIMIT = '64kb';

type RouterOptions = Parameters<typeof addRunRoutes>[1] &
  Parameters<typeof addApprovalRoutes>[1] &
  Parameters<typeof addLedgerRoutes>[1] &
  Parameters<typeof addResourceRoutes>[1] &
  Parameters<typeof createPipelinesRouter>[0] &
  Parameters<typeof addDeliveryRoutes>[1] &
  Parameters<typeof addConfigurationRoutes>[1] &
  Parameters<typeof addPreviewRoutes>[1] &
  Parameters<typeof addFactRoutes>[1] &
  Parameters<typeof createOverviewRouter>[0] &
  Parameters<typeof createOwnershipRouter>[0] &
  Parameters<typeof createLeaversRouter>[0] &
  Parameters<typeof createCallsRouter>[0] &
  Parameters<typeof createHistoryRouter>[0] &
  Parameters<typeof createServicesRouter>[0];

/** The platform's whole API; modules add theirs beside it. */
export function createRouter(options: RouterOptions): Router {
  const documented = createApiRouter();
  addRunRoutes(documented, options);
  addApprovalRoutes(documented, options);
  addLedgerRoutes(documented, options);
  addResourceRoutes(documented, options);
  addDeliveryRoutes(documented, options);
  addConfigurationRoutes(documented, options);
  addPreviewRoutes(documented, options);
  addFactRoutes(documented, options);
  return express
    .Router()
    .use('/callbacks', express.json({ limit: CALLBACK_LIMIT }))
    .use(express.json())
    .use(documented)
    .use(createPipelinesRouter(options))
    .use(createServicesRouter(options))
    .use(createOverviewRouter(options))
    .use(createOwnershipRouter(options))
    .use(createLeaversRouter(options))
    .use(createCallsRouter(options))
    .use(createHistoryRouter(options));
}
