import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parse } from '../http';
import type { ServiceHistoryStore } from './ServiceHistoryStore';

const query = z.strictObject({
  at: z.iso.datetime().default('1970-01-01T00:00:00.000Z'),
  key: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
});

/** What happened to services, for other plugins. */
export function createHistoryRouter(options: {
  httpAuth: HttpAuthService;
  history: ServiceHistoryStore;
}): Router {
  const router = PromiseRouter();

  router.get('/service-history', async (request, response) => {
    await options.httpAuth.credentials(request, { allow: ['service'] });
    const { limit, ...from } = parse(query, request.query);
    response.json({ items: await options.history.list(from, limit) });
  });

  return router;
}
