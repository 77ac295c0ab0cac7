import type { JsonObject } from '@backstage/types';
import type { Run, RunStreamEvent } from '@slipway/plugin-platform-common';
import { z } from 'zod';
import { parse, sendEventStream } from '../http';
import type { ApiRouter } from '../openapi';
import type { RunOperations } from './RunOperations';
import type { RunService } from './RunService';
import type { RunWaits } from './RunWaits';

// The document says the same, except that it can't name a field that isn't there.
const planBody = z.strictObject({
  kind: z.string(),
  input: z.record(z.string(), z.unknown()),
  goldenPath: z.string().optional(),
});
const startBody = planBody.extend({
  hold: z.boolean().optional(),
  planDigest: z.string().optional(),
});

/** Adds everything under /runs, and /callbacks. */
export function addRunRoutes(
  router: ApiRouter,
  options: {
    operations: RunOperations;
    runs: RunService;
    waits: Pick<RunWaits, 'callbackReceived'>;
    /** Aborts when the backend stops; open streams end then. */
    stopping: AbortSignal;
    /** Adds what a kind of run has to show beside its steps. */
    companion(run: Run): Promise<RunStreamEvent | undefined>;
  },
): void {
  const { operations, runs, waits } = options;

  router.get('/runs', async (request, response) => {
    const { cursor, limit = 25, ...filter } = request.query;
    response.json(await operations.list(request, filter, { cursor, limit }));
  });

  router.post('/runs', async (request, response) => {
    const body = parse(startBody, request.body);
    const key = request.header('Idempotency-Key');
    const run = await operations.start(request, body, key);
    response.status(201).json(run);
  });

  router.post('/runs/plan', async (request, response) => {
    const body = parse(planBody, request.body);
    response.json(await operations.plan(request, body));
  });

  router.get('/runs/:id', async (request, response) => {
    response.json(await operations.get(request, request.params.id));
  });

  router.get('/runs/:id/stream', async (request, response) => {
    const { id } = await operations.get(request, request.params.id);
    await sendEventStream(request, response, options.stopping, signal =>
      runs.stream(id, signal, options.companion),
    );
  });

  router.post('/runs/:id/start', async (request, response) => {
    response.json(await operations.startPlanned(request, request.params.id));
  });

  router.post('/runs/:id/cancel', async (request, response) => {
    response.json(await operations.cancel(request, request.params.id));
  });

  router.post('/runs/:id/retry', async (request, response) => {
    response.json(await operations.retry(request, request.params.id));
  });

  router.post('/runs/:id/undo', async (request, response) => {
    response.json(await operations.undo(request, request.params.id));
  });

  router.post('/runs/:id/give-up', async (request, response) => {
    response.json(await operations.giveUp(request, request.params.id));
  });

  router.post('/callbacks/:id', async (request, response) => {
    const { id } = request.params;
    await waits.callbackReceived(id, request.query, request.body as JsonObject);
    response.status(204).end();
  });
}
