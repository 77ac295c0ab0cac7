import type { ApiRouter } from '../openapi';
import type { LeaverOperations } from './LeaverOperations';

/** Adds who left. */
export function addLeaverRoutes(
  router: ApiRouter,
  { leavers }: { leavers: LeaverOperations },
): void {
  router.get('/leavers', async (request, response) => {
    const { limit = 25, cursor } = request.query;
    response.json(await leavers.list(request, { limit, cursor }));
  });

  router.post('/leavers/confirm', async (request, response) => {
    response.json({ items: await leavers.confirm(request, request.body.ids) });
  });
}
