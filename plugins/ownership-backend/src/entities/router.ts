import type { ApiRouter } from '../openapi';
import type { EntityOperations } from './EntityOperations';

/** Adds entities and their history. */
export function addEntityRoutes(
  router: ApiRouter,
  { entities }: { entities: EntityOperations },
): void {
  router.get('/entities', async (request, response) => {
    const { limit = 25, ...filter } = request.query;
    response.json(await entities.list(request, { ...filter, limit }));
  });

  router.get('/entities/:ref', async (request, response) => {
    response.json(await entities.get(request, request.params.ref));
  });

  router.get('/entities/:ref/history', async (request, response) => {
    const { cursor, limit = 25 } = request.query;
    const paging = { cursor, limit };
    response.json(await entities.history(request, request.params.ref, paging));
  });
}
