import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  platformReadPermission,
  platformServiceCreatePermission,
  type CommitDetail,
  type CommitSummary,
  type FileContent,
  type Repository,
  type TreeEntry,
} from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import type { Request, Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { parseRequest } from '../parseRequest';
import { readCommitDetail } from './readCommitDetail';
import type { Repositories } from './Repositories';
import type { RepositoryCreator } from './RepositoryCreator';
import { DEFAULT_BRANCH } from './types';

const createQuery = z.object({
  name: z.string(),
  description: z.string().max(1000).default(''),
  owner: z.string().min(1),
  message: z.string().max(1000).optional(),
});

const placeQuery = z.object({
  ref: z.string().default(DEFAULT_BRANCH),
  path: z.string().default(''),
});

const commitsQuery = z.object({
  ref: z.string().default(DEFAULT_BRANCH),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** Repositories, and what people see of them in the portal. */
export function createRepositoryRouter(options: {
  repositories: Repositories;
  creator: RepositoryCreator;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): ExpressRouter {
  const { repositories, creator, auditor, httpAuth, permissions } = options;
  const router = Router();

  const authorizeRead = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const [decision] = await permissions.authorize(
      [{ permission: platformReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not look at repositories.');
    }
  };

  const checkReadable = async (request: Request) => {
    await authorizeRead(request);
    const { name } = request.params;
    const row = await repositories.row(name);
    if (!row) {
      throw new NotFoundError(`There is no repository "${name}".`);
    }
    return row;
  };

  router.post('/repositories', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [decision] = await permissions.authorize(
      [{ permission: platformServiceCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not create repositories.');
    }
    const query = parseRequest(createQuery, request.query);
    const created = await withAudit(
      auditor,
      {
        eventId: 'repository-create',
        severityLevel: 'medium',
        request,
        meta: { name: query.name, owner: query.owner },
      },
      () =>
        creator.create(
          credentials.principal.userEntityRef,
          query,
          // A refused archive is left unread, so that the refusal can still be sent.
          request.iterator({ destroyOnReturn: false }),
        ),
    );
    response.status(201).json(created satisfies Repository);
  });

  router.get('/repositories', async (request, response) => {
    await authorizeRead(request);
    const items = await repositories.list();
    response.json({ items } satisfies { items: Repository[] });
  });

  router.get('/repositories/:name', async (request, response) => {
    const row = await checkReadable(request);
    response.json((await repositories.describe(row)) satisfies Repository);
  });

  router.get('/repositories/:name/tree', async (request, response) => {
    const { name } = await checkReadable(request);
    const { ref, path } = parseRequest(placeQuery, request.query);
    const items = await repositories.reader.tree(name, ref, path);
    response.json({ items } satisfies { items: TreeEntry[] });
  });

  router.get('/repositories/:name/file', async (request, response) => {
    const { name } = await checkReadable(request);
    const { ref, path } = parseRequest(placeQuery, request.query);
    const file = await repositories.reader.file(name, ref, path);
    if (!file) {
      throw new NotFoundError(
        `The repository ${name} has no file "${path}" at ${ref}.`,
      );
    }
    response.json(file satisfies FileContent);
  });

  router.get('/repositories/:name/commits', async (request, response) => {
    const { name } = await checkReadable(request);
    const { ref, ...page } = parseRequest(commitsQuery, request.query);
    const items = await repositories.reader.commits(name, ref, page);
    response.json({ items } satisfies { items: CommitSummary[] });
  });

  router.get('/repositories/:name/commits/:sha', async (request, response) => {
    const { name } = await checkReadable(request);
    const commit = await readCommitDetail(
      repositories.directoryOf(name),
      request.params.sha,
    );
    response.json(commit satisfies CommitDetail);
  });

  return router;
}
