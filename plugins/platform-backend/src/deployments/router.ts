import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { Access } from '../access';
import { limitParameter, parse, scopedKey } from '../http';
import type { ServiceStore } from '../services';
import type { DeploymentService } from './DeploymentService';

const listQuery = z.object({
  environment: z.string().optional(),
  limit: limitParameter(25, 100),
});
const deployBody = z.object({ environment: z.string(), releaseId: z.string() });

/** Releases and deployments of a service. */
export function createDeploymentsRouter(options: {
  deployments: DeploymentService;
  services: ServiceStore;
  access: Access;
}): Router {
  const { deployments, services, access } = options;
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
    const caller = await access.requireOwner(request, owner);
    const run = await deployments.deploy({
      ...parse(deployBody, request.body),
      service: name,
      requestedBy: caller.userRef,
      idempotencyKey: scopedKey(request.header('Idempotency-Key'), caller),
    });
    response.status(201).json(run);
  });

  return router;
}
