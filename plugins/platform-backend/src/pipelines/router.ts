import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { Access } from '../access';
import { limitParameter, parse } from '../http';
import type { PipelineService } from './PipelineService';

const listQuery = z.object({
  service: z.string(),
  limit: limitParameter(25, 100),
});
const logQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
});

/** Everything under /pipelines. */
export function createPipelinesRouter(options: {
  pipelines: PipelineService;
  access: Access;
}): Router {
  const { pipelines, access } = options;
  const router = PromiseRouter();

  router.get('/pipelines', async (request, response) => {
    await access.requireRead(request);
    const { service, limit } = parse(listQuery, request.query);
    response.json({ items: await pipelines.list(service, limit) });
  });

  router.get('/pipelines/:id', async (request, response) => {
    await access.requireRead(request);
    response.json(await pipelines.get(request.params.id));
  });

  router.get('/pipelines/:id/jobs/:job/log', async (request, response) => {
    await access.requireRead(request);
    const { id, job } = request.params;
    const { after } = parse(logQuery, request.query);
    response.json(await pipelines.jobLog(id, job, after));
  });

  return router;
}
