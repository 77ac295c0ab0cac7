import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { Access } from '../access';
import { limitParameter, parse } from '../http';
import type { RunOperations } from '../runs';
import type { ServiceStore } from '../services';
import { DEPLOY_RUN_KIND } from './deployRunKind';
import type { DeploymentService } from './DeploymentService';

const listQuery = z.object({
  environment: z.string().optional(),
  limit: limitParameter(25, 100),
});
const deployBody = z.object({ environment: z.string(), releaseId: z.string() });

/** Releases and deployments of a service. */
export function createDeploymentsRouter(options: {
  deployments: DeploymentService;
  operations: RunOperations;
  services: ServiceStore;
  access: Access;
}): Router {
  const { deployments, operations, services, access } = options;
  const router = PromiseRouter();

  router.get('/services/:name/releases', async (request, response) => {
    await access.requireRead(request);
    const { name } = await services.get(request.params.name);
    response.json({ items: await deployments.listReleases(name) });
  });

  router.get('/services/:name/deployments', async (request, response) => {
    await access.requireRead(request);
    const { name } = await services.get(request.params.name);
    const query = parse(listQuery, request.query);
    const items = await deployments.list({ service: name, ...query });
    response.json({ items });
  });

  router.post('/services/:name/deployments', async (request, response) => {
    const { name, owner } = await services.get(request.params.name);
    await access.requireOwner(request, owner);
    const input = { ...parse(deployBody, request.body), service: name };
    const run = await operations.start(
      request,
      { kind: DEPLOY_RUN_KIND, input },
      request.header('Idempotency-Key'),
    );
    response.status(201).json(run);
  });

  return router;
}
