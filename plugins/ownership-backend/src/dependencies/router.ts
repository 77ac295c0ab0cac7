import type { ApiRouter } from '../openapi';
import type { DependencyOperations } from './DependencyOperations';

/** Adds what depends on what. */
export function addDependencyRoutes(
  router: ApiRouter,
  { dependencies }: { dependencies: DependencyOperations },
): void {
  router.get('/entities/:ref/blast-radius', async (request, response) => {
    response.json(await dependencies.blastRadius(request, request.params.ref));
  });

  router.get('/entities/:ref/dependencies', async (request, response) => {
    const { depth = 1 } = request.query;
    response.json(await dependencies.graph(request, request.params.ref, depth));
  });
}
