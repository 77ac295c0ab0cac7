import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { ServiceCall } from '@slipway/plugin-platform-common';
import type { Runtime } from '@slipway/plugin-platform-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** Which service calls which, for other plugins. */
export function createCallsRouter(options: {
  httpAuth: HttpAuthService;
  runtime: Pick<Runtime, 'calls'>;
}): Router {
  const router = PromiseRouter();

  router.get('/service-calls', async (request, response) => {
    await options.httpAuth.credentials(request, { allow: ['service'] });
    const items: ServiceCall[] = (await options.runtime.calls()).map(
      ({ from, to, at }) => ({
        from: from.service,
        to: to.service,
        environment: to.environment,
        at,
      }),
    );
    response.json({ items });
  });

  return router;
}
