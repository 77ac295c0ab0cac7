import { z } from 'zod';
import { parse } from '../http';
import type { ApiRouter } from '../openapi';
import type { ApprovalOperations } from './ApprovalOperations';

// The document says the same, except that it can't name a field that isn't there.
const decisionBody = z.strictObject({ comment: z.string().optional() });

/** Adds everything under /approvals. */
export function addApprovalRoutes(
  router: ApiRouter,
  { approvals }: { approvals: ApprovalOperations },
): void {
  router.get('/approvals', async (request, response) => {
    const { cursor, limit = 25, ...filter } = request.query;
    response.json(await approvals.list(request, filter, { cursor, limit }));
  });

  router.get('/approvals/:id', async (request, response) => {
    response.json(await approvals.get(request, request.params.id));
  });

  router.post('/approvals/:id/approve', async (request, response) => {
    const { comment } = parse(decisionBody, request.body);
    const { id } = request.params;
    response.json(await approvals.approve(request, id, comment));
  });

  router.post('/approvals/:id/reject', async (request, response) => {
    const { comment } = parse(decisionBody, request.body);
    const { id } = request.params;
    response.json(await approvals.reject(request, id, comment));
  });
}
