import express, { type Router } from 'express';
import { createDeploymentsRouter } from './deployments/router';
import { createOverviewRouter } from './overview/router';
import { createPipelinesRouter } from './pipelines/router';
import { createRunsRouter } from './runs/router';

type RouterOptions = Parameters<typeof createRunsRouter>[0] &
  Parameters<typeof createPipelinesRouter>[0] &
  Parameters<typeof createDeploymentsRouter>[0] &
  Parameters<typeof createOverviewRouter>[0];

/** The platform's whole API; modules add theirs beside it. */
export function createRouter(options: RouterOptions): Router {
  return express
    .Router()
    .use(express.json())
    .use(createRunsRouter(options))
    .use(createPipelinesRouter(options))
    .use(createDeploymentsRouter(options))
    .use(createOverviewRouter(options));
}
