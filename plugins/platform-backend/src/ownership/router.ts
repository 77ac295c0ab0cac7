import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { OwnershipMoveRequest } from '@slipway/plugin-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parse } from '../http';
import type { MoveService } from './MoveService';
import { moveInput } from './moveInput';

const body: z.ZodType<OwnershipMoveRequest> = moveInput.extend({
  key: z.string().min(1).max(200),
});

/** What the ownership backend asks for; nobody else may. */
export function createOwnershipRouter(options: {
  httpAuth: HttpAuthService;
  moves: MoveService;
}): Router {
  const router = PromiseRouter();

  router.post('/ownership-moves', async (request, response) => {
    await options.httpAuth.credentials(request, { allow: ['service'] });
    response.json(await options.moves.move(parse(body, request.body)));
  });

  return router;
}
