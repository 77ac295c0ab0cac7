import type { ApiRouter } from '../openapi';
import type { TransferOperations } from './TransferOperations';

/** Adds transfers. */
export function addTransferRoutes(
  router: ApiRouter,
  { transfers }: { transfers: TransferOperations },
): void {
  router.get('/transfers', async (request, response) => {
    const { limit = 25, ...filter } = request.query;
    response.json(await transfers.list(request, { ...filter, limit }));
  });

  router.post('/transfers', async (request, response) => {
    response.status(201).json(await transfers.offer(request, request.body));
  });

  router.get('/transfers/:id', async (request, response) => {
    response.json(await transfers.get(request, request.params.id));
  });

  router.post('/transfers/:id/accept', async (request, response) => {
    response.json(await transfers.accept(request, request.params.id));
  });

  router.post('/transfers/:id/decline', async (request, response) => {
    const { reason } = request.body;
    response.json(await transfers.decline(request, request.params.id, reason));
  });

  router.post('/transfers/:id/withdraw', async (request, response) => {
    const { reason } = request.body;
    response.json(await transfers.withdraw(request, request.params.id, reason));
  });

  router.post('/transfers/:id/undo', async (request, response) => {
    response.json(await transfers.undo(request, request.params.id));
  });
}
