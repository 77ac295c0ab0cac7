import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { approvalsOutput, paging } from './schemas';

export function registerListApprovals(
  registry: ActionsRegistryService,
  { approvals }: ActionOptions,
): void {
  registry.register({
    name: 'list-approvals',
    title: 'List approvals',
    description:
      'Lists what runs wait for people for, newest first; with mine, what you may decide.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            state: zod.enum(['open', 'ended']).optional(),
            mine: zod.boolean().optional(),
            ...paging(zod),
          })
          .strict(),
      output: approvalsOutput,
    },
    action: async ({ input: { cursor, limit, ...filter }, credentials }) => ({
      output: await approvals.list(credentials, filter, { cursor, limit }),
    }),
  });
}
