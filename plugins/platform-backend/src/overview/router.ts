import type { Runtime } from '@slipway/plugin-platform-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { Access } from '../access';
import type { Environments } from '../environments';
import { listParameter, parse, sendEventStream } from '../http';
import type { ServiceNames, ServiceStore } from '../services';
import type { OverviewService } from './OverviewService';

const listQuery = z.object({ owner: listParameter });
const nameQuery = z.object({ name: z.string() });
const logsQuery = z.object({
  environment: z.string(),
  tail: z.coerce.number().int().min(0).max(5_000).default(200),
});

/** What pages show of services: /services, /service-names and /environments. */
export function createOverviewRouter(options: {
  overview: OverviewService;
  services: ServiceStore;
  names: ServiceNames;
  runtime: Runtime;
  environments: Pick<Environments, 'all'>;
  access: Access;
  /** Aborts when the backend stops; open streams end then. */
  stopping: AbortSignal;
}): Router {
  const { overview, services, names, runtime, environments, access } = options;
  const router = PromiseRouter();

  router.get('/environments', async (request, response) => {
    await access.requireRead(request);
    response.json({ items: environments.all() });
  });

  router.get('/service-names', async (request, response) => {
    await access.requireRead(request);
    const { name } = parse(nameQuery, request.query);
    response.json(await names.check(name));
  });

  router.get('/services', async (request, response) => {
    await access.requireRead(request);
    const { owner } = parse(listQuery, request.query);
    response.json({ items: await overview.list(owner) });
  });

  router.get('/services/:name', async (request, response) => {
    await access.requireRead(request);
    response.json(await overview.get(request.params.name));
  });

  router.get('/services/:name/logs', async (request, response) => {
    await access.requireRead(request);
    const { environment, tail } = parse(logsQuery, request.query);
    const { name: service } = await services.get(request.params.name);
    await sendEventStream(request, response, options.stopping, signal =>
      runtime.logs({ service, environment }, { tail, follow: true, signal }),
    );
  });

  return router;
}
