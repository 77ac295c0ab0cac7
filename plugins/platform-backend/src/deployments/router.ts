import type { ApiRouter } from '../openapi';
import type { RunOperations } from '../runs';
import type { DeliveryOperations } from './DeliveryOperations';
import { DEPLOY_RUN_KIND } from './deployRunKind';

/** Adds releases, deployments and holds. */
export function addDeliveryRoutes(
  router: ApiRouter,
  options: { deliveries: DeliveryOperations; operations: RunOperations },
): void {
  const { deliveries, operations } = options;

  router.get('/deployments', async (request, response) => {
    const { cursor, limit = 25, ...filter } = request.query;
    response.json(await deliveries.list(request, filter, { cursor, limit }));
  });

  router.get('/services/:name/releases', async (request, response) => {
    const { name } = request.params;
    response.json({ items: await deliveries.releases(request, name) });
  });

  router.get('/services/:name/releases/:number', async (request, response) => {
    const { name, number } = request.params;
    response.json(await deliveries.release(request, name, Number(number)));
  });

  router.get('/services/:name/deployments', async (request, response) => {
    const { environment, limit = 25 } = request.query;
    const { items } = await deliveries.list(
      request,
      { service: request.params.name, environment },
      { limit },
    );
    response.json({ items });
  });

  router.post('/services/:name/deployments', async (request, response) => {
    const { name: service } = request.params;
    const run = await operations.start(
      request,
      { kind: DEPLOY_RUN_KIND, input: { ...request.body, service } },
      request.header('Idempotency-Key'),
    );
    response.status(201).json(run);
  });

  router.post('/services/:name/rollbacks', async (request, response) => {
    const run = await deliveries.rollBack(
      request,
      request.params.name,
      request.body,
      request.header('Idempotency-Key'),
    );
    response.status(201).json(run);
  });

  router.get('/services/:name/holds', async (request, response) => {
    const { name } = request.params;
    response.json({ items: await deliveries.holds(request, name) });
  });

  router.post('/services/:name/holds', async (request, response) => {
    const { name } = request.params;
    response
      .status(201)
      .json(await deliveries.placeHold(request, name, request.body));
  });

  router.post('/services/:name/holds/:id/lift', async (request, response) => {
    const { name, id } = request.params;
    const { reason } = request.body;
    response.json(await deliveries.liftHold(request, name, id, reason));
  });
}
