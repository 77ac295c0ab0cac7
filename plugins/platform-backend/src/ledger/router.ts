import type { Access } from '../access';
import type { ApiRouter } from '../openapi';
import type { LedgerService } from './LedgerService';

/** Adds /wait-ledger. */
export function addLedgerRoutes(
  router: ApiRouter,
  options: { ledger: LedgerService; access: Access },
): void {
  router.get('/wait-ledger', async (request, response) => {
    await options.access.requireRead(request);
    response.json(await options.ledger.get(request.query));
  });
}
