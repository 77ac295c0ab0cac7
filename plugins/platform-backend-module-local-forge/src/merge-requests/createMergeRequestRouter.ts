import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  MERGE_REQUEST_STATES,
  platformReadPermission,
  platformServiceOperatePermission,
  type Branch,
  type MergeRequest,
  type MergeRequestDetail,
  type Repository,
} from '@slipway/plugin-platform-common';
import { withAudit } from '@slipway/plugin-platform-node';
import express, { type Request, type Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { parseRequest } from '../parseRequest';
import type { Repositories } from '../repositories/Repositories';
import type { RepositoryRow } from '../repositories/types';
import type { Merger } from './Merger';
import type { MergeRequestReader } from './MergeRequestReader';
import type { MergeRequestService } from './MergeRequestService';

const title = z
  .string()
  .trim()
  .min(1, 'Say in a few words what it changes.')
  .max(200);
const text = z.string().trim().max(20_000);
const sha = z.string().regex(/^[0-9a-f]{40}$/, 'Give a whole commit id.');

const numberParameter = z.object({
  number: z.coerce.number().int().min(1).max(1_000_000_000),
});

const listQuery = z.object({
  state: z.enum(MERGE_REQUEST_STATES).optional(),
  owner: z
    .string()
    .transform(owners => owners.split(','))
    .optional(),
});

const bodies = {
  open: z.object({
    sourceBranch: z.string().min(1).max(250),
    title,
    description: text.default(''),
  }),
  describe: z.object({
    title: title.optional(),
    description: text.optional(),
  }),
  comment: z.object({
    text: text.min(1, 'Write something.'),
    path: z.string().min(1).max(4096).optional(),
    line: z.number().int().min(1).max(10_000_000).optional(),
  }),
  review: z.object({
    verdict: z.enum(['approved', 'changes-requested']),
    sha,
    comment: text.optional(),
  }),
  merge: z.object({ sha, keepBranch: z.boolean().optional() }),
  protection: z.object({ isProtected: z.boolean() }),
};

/** What is done to a merge request, each by a request of its own that answers how it is then. */
type Act = (
  repository: RepositoryRow,
  number: number,
  user: string,
  body: unknown,
) => Promise<void>;

/** Merge requests, branches, and whether the default one is protected. */
export function createMergeRequestRouter(options: {
  repositories: Repositories;
  reader: MergeRequestReader;
  service: MergeRequestService;
  merger: Merger;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): ExpressRouter {
  const { repositories, reader, service, merger, ...access } = options;
  const { auditor, httpAuth, permissions } = access;
  const router = Router();
  router.use('/repositories/:name/merge-requests', express.json());
  router.use('/repositories/:name/protection', express.json());

  const authorize = async (
    request: Request,
    permission:
      typeof platformReadPermission | typeof platformServiceOperatePermission,
  ) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        permission === platformReadPermission
          ? 'You may not look at merge requests.'
          : 'You may not work with merge requests.',
      );
    }
    return credentials.principal.userEntityRef;
  };

  const repositoryOf = async (request: Request) => {
    const { name } = request.params;
    const row = await repositories.row(name);
    if (!row) {
      throw new NotFoundError(`There is no repository "${name}".`);
    }
    return row;
  };

  router.get('/merge-requests', async (request, response) => {
    await authorize(request, platformReadPermission);
    const items = await reader.list(parseRequest(listQuery, request.query));
    response.json({ items } satisfies { items: MergeRequest[] });
  });

  router.get('/repositories/:name/branches', async (request, response) => {
    await authorize(request, platformReadPermission);
    const items = await reader.branches(await repositoryOf(request));
    response.json({ items } satisfies { items: Branch[] });
  });

  router.post('/repositories/:name/protection', async (request, response) => {
    const user = await authorize(request, platformServiceOperatePermission);
    const row = await repositoryOf(request);
    const { isProtected } = parseRequest(bodies.protection, request.body);
    const changed = await withAudit(
      auditor,
      {
        eventId: 'repository-protect',
        severityLevel: 'medium',
        request,
        meta: { repository: row.name, isProtected },
      },
      async () => {
        await service.requireMember(row, user, 'protect the default branch of');
        return repositories.protect(row, isProtected);
      },
    );
    response.json(changed satisfies Repository);
  });

  router.get(
    '/repositories/:name/merge-requests',
    async (request, response) => {
      await authorize(request, platformReadPermission);
      const { id } = await repositoryOf(request);
      const { state } = parseRequest(listQuery, request.query);
      const items = await reader.list({ repositoryId: id, state });
      response.json({ items } satisfies { items: MergeRequest[] });
    },
  );

  router.post(
    '/repositories/:name/merge-requests',
    async (request, response) => {
      const user = await authorize(request, platformServiceOperatePermission);
      const row = await repositoryOf(request);
      const body = parseRequest(bodies.open, request.body);
      const number = await withAudit(
        auditor,
        {
          eventId: 'merge-request-open',
          severityLevel: 'low',
          request,
          meta: { repository: row.name, branch: body.sourceBranch },
        },
        () => service.open(row, user, body),
      );
      const opened = await reader.detail(row, number, user);
      response.status(201).json(opened satisfies MergeRequestDetail);
    },
  );

  const one = '/repositories/:name/merge-requests/:number';
  router.get(one, async (request, response) => {
    const user = await authorize(request, platformReadPermission);
    const row = await repositoryOf(request);
    const { number } = parseRequest(numberParameter, request.params);
    const detail = await reader.detail(row, number, user);
    response.json(detail satisfies MergeRequestDetail);
  });

  const acts: Record<string, Act> = {
    describe: (row, number, user, body) =>
      service.describe(row, number, user, parseRequest(bodies.describe, body)),
    comments: (row, number, user, body) =>
      service.comment(row, number, user, parseRequest(bodies.comment, body)),
    reviews: (row, number, user, body) =>
      service.review(row, number, user, parseRequest(bodies.review, body)),
    merge: (row, number, user, body) =>
      merger.merge(row, number, user, parseRequest(bodies.merge, body)),
    close: (row, number, user) => service.close(row, number, user),
    reopen: (row, number, user) => service.reopen(row, number, user),
  };
  for (const [name, act] of Object.entries(acts)) {
    router.post(`${one}/${name}`, async (request, response) => {
      const user = await authorize(request, platformServiceOperatePermission);
      const row = await repositoryOf(request);
      const { number } = parseRequest(numberParameter, request.params);
      await withAudit(
        auditor,
        {
          eventId: `merge-request-${name}`,
          severityLevel: name === 'merge' ? 'medium' : 'low',
          request,
          meta: { repository: row.name, number },
        },
        () => act(row, number, user, request.body ?? {}),
      );
      const detail = await reader.detail(row, number, user);
      response.json(detail satisfies MergeRequestDetail);
    });
  }

  return router;
}
