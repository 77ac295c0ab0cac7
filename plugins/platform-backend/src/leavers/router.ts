import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { LeaverRequest } from '@slipway/plugin-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parse } from '../http';
import type { Leavers } from './Leavers';

const body: z.ZodType<LeaverRequest> = z.strictObject({
  person: z.string().startsWith('user:'),
  teams: z.array(z.string().startsWith('group:')).max(1_000),
});

/** Who left, which the ownership backend alone may say. */
export function createLeaversRouter(options: {
  httpAuth: HttpAuthService;
  leavers: Leavers;
}): Router {
  const router = PromiseRouter();

  router.post('/leavers', async (request, response) => {
    await options.httpAuth.credentials(request, { allow: ['service'] });
    response.json(await options.leavers.left(parse(body, request.body)));
  });

  return router;
}
