import {
  type Run,
  RUN_STATES,
  type RunStreamEvent,
} from '@slipway/plugin-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { Access } from '../access';
import { limitParameter, listParameter, parse, sendEventStream } from '../http';
import type { RunService } from './RunService';

const listQuery = z.object({
  state: listParameter.pipe(z.array(z.enum(RUN_STATES)).optional()),
  kind: z.string().optional(),
  service: z.string().optional(),
  environment: z.string().optional(),
  requestedBy: z.string().optional(),
  owner: listParameter,
  cursor: z.string().optional(),
  limit: limitParameter(25, 200),
});

/** Everything under /runs. */
export function createRunsRouter(options: {
  runs: RunService;
  access: Access;
  /** Aborts when the backend stops; open streams end then. */
  stopping: AbortSignal;
  /** Adds what a kind of run has to show beside its steps. */
  companion(run: Run): Promise<RunStreamEvent | undefined>;
  /** Prepares what belongs to a run for another go. */
  retry(run: Run): Promise<Run>;
}): Router {
  const { runs, access } = options;
  const router = PromiseRouter();

  router.get('/runs', async (request, response) => {
    await access.requireRead(request);
    const { cursor, limit, ...filter } = parse(listQuery, request.query);
    response.json(await runs.list(filter, { cursor, limit }));
  });

  router.get('/runs/:id', async (request, response) => {
    await access.requireRead(request);
    response.json(await runs.get(request.params.id));
  });

  router.get('/runs/:id/stream', async (request, response) => {
    await access.requireRead(request);
    const { id } = await runs.get(request.params.id);
    await sendEventStream(request, response, options.stopping, signal =>
      runs.stream(id, signal, options.companion),
    );
  });

  router.post('/runs/:id/cancel', async (request, response) => {
    const run = await runs.get(request.params.id);
    await access.requireOwner(request, run.owner);
    response.json(await runs.cancel(run.id));
  });

  router.post('/runs/:id/retry', async (request, response) => {
    const run = await runs.get(request.params.id);
    await access.requireOwner(request, run.owner);
    response.json(await options.retry(run));
  });

  return router;
}
