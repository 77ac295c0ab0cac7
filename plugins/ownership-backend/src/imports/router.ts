import { InputError } from '@backstage/errors';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { ApiRouter } from '../openapi';
import type { ImportOperations } from './ImportOperations';

/** The most that a folder may say. */
const MOST_JSON = '64mb';
/** The most repositories of a folder. */
const MOST_REPOSITORIES = 10_000;

const name = z.string().trim().min(1).max(200);
const content = z.string().max(1_000_000).optional();

const uploadQuery = z.strictObject({ name: name.default('services.csv') });

const folder = z.strictObject({
  name,
  repositories: z
    .array(
      z.strictObject({
        name,
        remoteUrl: z.string().max(2_000).optional(),
        catalogFile: content,
        codeowners: content,
      }),
    )
    .min(1, 'The folder has no repositories. Choose the one they are in.')
    .max(MOST_REPOSITORIES),
});

const provided = z.strictObject({
  items: z
    .array(z.strictObject({ entityRef: z.string(), version: z.int() }))
    .max(10_000),
});

const pendingQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(5_000).default(500),
});

/** What comes as a stream, or is large: before anything else reads the body. And what the catalog backend alone asks. */
export function createUploadRouter({
  imports,
}: {
  imports: ImportOperations;
}): Router {
  const router = PromiseRouter();

  router.post(
    '/imports',
    express.json({ limit: MOST_JSON }),
    async (request, response) => {
      const { name: fileName } = parse(uploadQuery, request.query);
      const checked =
        request.is('text/csv') === false
          ? await imports.checkFolder(request, parse(folder, request.body))
          : await imports.checkCsv(request, fileName, request);
      response.status(201).json(checked);
    },
  );

  router.get('/imported-entities/pending', async (request, response) => {
    const { limit } = parse(pendingQuery, request.query);
    response.json({ items: await imports.pending(request, limit) });
  });

  router.post(
    '/imported-entities/provided',
    express.json({ limit: MOST_JSON }),
    async (request, response) => {
      await imports.provided(request, parse(provided, request.body).items);
      response.status(204).end();
    },
  );

  return router;
}

/** Adds imports. */
export function addImportRoutes(
  router: ApiRouter,
  { imports }: { imports: ImportOperations },
): void {
  router.get('/imports', async (request, response) => {
    const { limit = 25, cursor } = request.query;
    response.json(await imports.list(request, { limit, cursor }));
  });

  router.get('/imports/:id', async (request, response) => {
    response.json(await imports.get(request, request.params.id));
  });

  router.get('/imports/:id/rows', async (request, response) => {
    const { limit = 25, ...filter } = request.query;
    response.json(
      await imports.rows(request, request.params.id, { ...filter, limit }),
    );
  });

  router.post('/imports/:id/apply', async (request, response) => {
    response.json(await imports.apply(request, request.params.id));
  });

  router.post('/imports/:id/remove', async (request, response) => {
    response.json(await imports.remove(request, request.params.id));
  });
}

/** Throws `InputError` that names the field. */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value ?? {});
  if (success) {
    return data;
  }
  const [issue] = error.issues;
  const field = issue.path.join('.');
  throw new InputError(field ? `${field}: ${issue.message}` : issue.message);
}
