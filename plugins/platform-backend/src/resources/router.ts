import { InputError } from '@backstage/errors';
import type { ApiRouter } from '../openapi';
import type { ResourceOperations } from './ResourceOperations';

/** Adds everything under /resources, and what can be asked for. */
export function addResourceRoutes(
  router: ApiRouter,
  { resources }: { resources: ResourceOperations },
): void {
  router.get('/resources', async (request, response) => {
    const { cursor, limit = 25, ...filter } = request.query;
    requireTime(filter.expiresBefore);
    response.json(await resources.list(request, filter, { cursor, limit }));
  });

  router.get('/resources/:id', async (request, response) => {
    response.json(await resources.get(request, request.params.id));
  });

  router.post('/resources/:id/reveal', async (request, response) => {
    const outputs = await resources.reveal(request, request.params.id);
    response.setHeader('cache-control', 'no-store').json({ outputs });
  });

  router.post('/resources/:id/check', async (request, response) => {
    response.json(await resources.check(request, request.params.id));
  });

  router.get('/resource-types', async (request, response) => {
    response.json({ items: await resources.types(request) });
  });

  router.get('/resource-definitions', async (request, response) => {
    response.json(await resources.environments(request));
  });

  router.get('/resource-definitions/explain', async (request, response) => {
    const { class: name = 'default', ...match } = request.query;
    response.json(await resources.explain(request, { ...match, class: name }));
  });
}

function requireTime(time: string | undefined): void {
  if (time !== undefined && Number.isNaN(Date.parse(time))) {
    throw new InputError(
      `expiresBefore: "${time}" is no time. Give one such as "2027-01-31T12:00:00Z".`,
    );
  }
}
