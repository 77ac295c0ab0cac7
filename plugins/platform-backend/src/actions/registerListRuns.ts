import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { RUN_STATES } from '@slipway/plugin-platform-common';
import type { ActionOptions } from './ActionOptions';
import { paging, runSummary, summaryOf } from './schemas';

export function registerListRuns(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'list-runs',
    title: 'List runs',
    description:
      'Lists runs (deployments, pipelines and all else the platform does), newest first.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            state: zod.array(zod.enum(RUN_STATES)).optional(),
            kind: zod.string().optional(),
            service: zod.string().optional(),
            environment: zod.string().optional(),
            requestedBy: zod
              .string()
              .optional()
              .describe('The entity reference of a person.'),
            owner: zod
              .array(zod.string())
              .optional()
              .describe('The entity references of teams.'),
            target: zod.string().optional(),
            ...paging(zod),
          })
          .strict(),
      output: zod =>
        zod.object({
          items: zod.array(runSummary(zod)),
          nextCursor: zod.string().optional(),
        }),
    },
    action: async ({ input: { cursor, limit, ...filter }, credentials }) => {
      const page = await operations.list(credentials, filter, {
        cursor,
        limit,
      });
      return { output: { ...page, items: page.items.map(summaryOf) } };
    },
  });
}
