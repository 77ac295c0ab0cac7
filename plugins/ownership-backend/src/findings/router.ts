import type { ApiRouter } from '../openapi';
import type { FindingOperations } from './FindingOperations';

/** Adds findings. */
export function addFindingRoutes(
  router: ApiRouter,
  { findings }: { findings: FindingOperations },
): void {
  router.get('/findings', async (request, response) => {
    const { limit = 25, ...filter } = request.query;
    response.json(await findings.list(request, { ...filter, limit }));
  });

  router.post('/findings/:id/assign', async (request, response) => {
    const { assignee } = request.body;
    response.json(await findings.assign(request, request.params.id, assignee));
  });

  router.post('/findings/:id/snooze', async (request, response) => {
    response.json(
      await findings.snooze(request, request.params.id, request.body),
    );
  });

  router.post('/findings/:id/wake', async (request, response) => {
    response.json(await findings.wake(request, request.params.id));
  });
}
