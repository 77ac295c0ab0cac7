import type { ApiRouter } from '../openapi';
import type { CoverageOperations } from './CoverageOperations';

/** Adds how much is owned. */
export function addCoverageRoutes(
  router: ApiRouter,
  { coverage }: { coverage: CoverageOperations },
): void {
  router.get('/coverage', async (request, response) => {
    response.json(await coverage.get(request));
  });
}
