import type { ApiRouter } from '../openapi';
import type { OnCallOperations } from './OnCallOperations';

/** Adds rotations. */
export function addOnCallRoutes(
  router: ApiRouter,
  { onCall }: { onCall: OnCallOperations },
): void {
  router.get('/on-call', async (request, response) => {
    response.json(await onCall.list(request, request.query.team));
  });

  router.get('/on-call/:name', async (request, response) => {
    response.json(await onCall.get(request, request.params.name));
  });

  router.post('/on-call/:name/swaps', async (request, response) => {
    response.json(
      await onCall.swap(request, request.params.name, request.body),
    );
  });
}
