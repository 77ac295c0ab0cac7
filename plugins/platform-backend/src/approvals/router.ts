import { z } from 'zod';
import type { Access } from '../access';
import { parse } from '../http';
import type { ApiRouter } from '../openapi';
import type { ApprovalService } from './ApprovalService';

// The document says the same, except that it can't name a field that isn't there.
const decisionBody = z.strictObject({ comment: z.string().optional() });

/** Adds everything under /approvals. Who may decide, the approval's own terms say. */
export function addApprovalRoutes(
  router: ApiRouter,
  options: { approvals: ApprovalService; access: Access },
): void {
  const { approvals, access } = options;

  router.get('/approvals', async (request, response) => {
    const caller = await access.requireReader(request);
    const { cursor, limit = 25, ...filter } = request.query;
    response.json(await approvals.list(filter, caller, { cursor, limit }));
  });

  router.get('/approvals/:id', async (request, response) => {
    const caller = await access.requireReader(request);
    response.json(await approvals.get(request.params.id, caller));
  });

  router.post('/approvals/:id/approve', async (request, response) => {
    const caller = await access.requireOperator(request);
    const { comment } = parse(decisionBody, request.body);
    const { id } = request.params;
    response.json(await approvals.approve(id, caller, comment));
  });

  router.post('/approvals/:id/reject', async (request, response) => {
    const caller = await access.requireOperator(request);
    const { comment } = parse(decisionBody, request.body);
    const { id } = request.params;
    response.json(await approvals.reject(id, caller, comment));
  });
}
