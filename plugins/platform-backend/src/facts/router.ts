import type { ApiRouter } from '../openapi';
import type { FactOperations } from './FactOperations';

/** Adds what is known of artifacts. */
export function addFactRoutes(
  router: ApiRouter,
  { facts }: { facts: FactOperations },
): void {
  router.get('/artifacts/:digest/facts', async (request, response) => {
    response.json({ items: await facts.list(request, request.params.digest) });
  });

  router.get('/artifacts/:digest/sbom', async (request, response) => {
    const { digest } = request.params;
    response.json(await facts.sbom(request, digest));
  });
}
