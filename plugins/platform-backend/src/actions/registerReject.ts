import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { approvalId, approvalOutput, approvalOutputOf } from './schemas';

export function registerReject(
  registry: ActionsRegistryService,
  { approvals }: ActionOptions,
): void {
  registry.register({
    name: 'reject',
    title: 'Reject',
    description:
      'Rejects what a run waits for, which ends the approval: a run that has not begun is cancelled, a step fails.',
    attributes: { destructive: false, idempotent: true },
    schema: {
      input: zod =>
        approvalId(zod).extend({
          comment: zod.string().max(2_000).optional(),
        }),
      output: approvalOutput,
    },
    action: async ({ input: { id, comment }, credentials }) =>
      approvalOutputOf(await approvals.reject(credentials, id, comment)),
  });
}
