import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { OwnershipMoveRequest } from '@slipway/plugin-platform-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { parse } from '../http';
import type { EntityEdits } from './EntityEdits';
import { entityEdit } from './entityChanges';
import type { MoveService } from './MoveService';
import { moveInput } from './moveInput';

const body: z.ZodType<OwnershipMoveRequest> = moveInput.extend({
  key: z.string().min(1).max(200),
});

const pendingQuery = z.strictObject({ entityRef: z.string().min(1) });

/** Moves, which the ownership backend alone may ask for, and changes of entities. */
export function createOwnershipRouter(options: {
  httpAuth: HttpAuthService;
  moves: MoveService;
  edits: EntityEdits;
}): Router {
  const { edits } = options;
  const router = PromiseRouter();

  router.post('/ownership-moves', async (request, response) => {
    await options.httpAuth.credentials(request, { allow: ['service'] });
    response.json(await options.moves.move(parse(body, request.body)));
  });

  router.post('/entity-edits', async (request, response) => {
    const edit = parse(entityEdit, request.body);
    response.status(201).json(await edits.propose(request, edit));
  });

  router.get('/entity-edits', async (request, response) => {
    const { entityRef } = parse(pendingQuery, request.query);
    response.json({ items: await edits.pending(request, entityRef) });
  });

  return router;
}
