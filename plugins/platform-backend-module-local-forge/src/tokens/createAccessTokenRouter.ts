import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type {
  AccessToken,
  CreatedAccessToken,
} from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import express, { type Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { parseRequest } from '../parseRequest';
import type { AccessTokenService } from './AccessTokenService';

const createRequest = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the token a name that says where you use it.')
    .max(100),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});

const idParameter = z.object({ id: z.uuid() });

/** A person's own access tokens. */
export function createAccessTokenRouter(options: {
  accessTokens: AccessTokenService;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
}): ExpressRouter {
  const { accessTokens, auditor, httpAuth } = options;
  const router = Router();

  const userOf = async (request: express.Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    return credentials.principal.userEntityRef;
  };

  router.get('/access-tokens', async (request, response) => {
    const items = await accessTokens.list(await userOf(request));
    response.json({ items } satisfies { items: AccessToken[] });
  });

  router.post('/access-tokens', express.json(), async (request, response) => {
    const user = await userOf(request);
    const body = parseRequest(createRequest, request.body);
    const created = await withAudit(
      auditor,
      {
        eventId: 'access-token-create',
        severityLevel: 'medium',
        request,
        meta: body,
      },
      () => accessTokens.create(user, body),
    );
    response.status(201).json(created satisfies CreatedAccessToken);
  });

  router.delete('/access-tokens/:id', async (request, response) => {
    const user = await userOf(request);
    const { id } = parseRequest(idParameter, request.params);
    await withAudit(
      auditor,
      {
        eventId: 'access-token-revoke',
        severityLevel: 'medium',
        request,
        meta: { id },
      },
      () => accessTokens.revoke(user, id),
    );
    response.status(204).end();
  });

  return router;
}
