import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { approvalId, approvalOutput, approvalOutputOf } from './schemas';

export function registerApprove(
  registry: ActionsRegistryService,
  { approvals }: ActionOptions,
): void {
  registry.register({
    name: 'approve',
    title: 'Approve',
    description:
      'Approves what a run waits for. Only its approvers can, and never who asked for it; mayDecide of list-approvals says whether you can.',
    attributes: { destructive: false, idempotent: true },
    schema: {
      input: zod =>
        approvalId(zod).extend({
          comment: zod.string().max(2_000).optional(),
        }),
      output: approvalOutput,
    },
    action: async ({ input: { id, comment }, credentials }) =>
      approvalOutputOf(await approvals.approve(credentials, id, comment)),
  });
}
