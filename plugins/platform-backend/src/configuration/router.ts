import type { ApiRouter } from '../openapi';
import type { ConfigurationOperations } from './ConfigurationOperations';

/** Adds what a service is given in an environment. */
export function addConfigurationRoutes(
  router: ApiRouter,
  { configurations }: { configurations: ConfigurationOperations },
): void {
  router.get(
    '/services/:name/configuration/:environment',
    async (request, response) => {
      const { name: service, environment } = request.params;
      response.json(
        await configurations.get(request, { service, environment }),
      );
    },
  );

  router.post(
    '/services/:name/configuration/:environment',
    async (request, response) => {
      const { name: service, environment } = request.params;
      const run = await configurations.change(
        request,
        { service, environment },
        request.body,
        request.header('Idempotency-Key'),
      );
      response.status(201).json(run);
    },
  );
}
