import type { ApiRouter } from '../openapi';
import type { PreviewOperations } from './PreviewOperations';

/** Adds previews. */
export function addPreviewRoutes(
  router: ApiRouter,
  { previews }: { previews: PreviewOperations },
): void {
  router.get('/previews', async (request, response) => {
    response.json({ items: await previews.list(request, request.query) });
  });

  router.post('/previews', async (request, response) => {
    const { service, branch } = request.body;
    response.status(201).json(await previews.start(request, service, branch));
  });

  router.post('/previews/:id/extend', async (request, response) => {
    response.json(await previews.extend(request, request.params.id));
  });

  router.post('/previews/:id/remove', async (request, response) => {
    const run = await previews.remove(
      request,
      request.params.id,
      request.header('Idempotency-Key'),
    );
    response.status(201).json(run);
  });
}
