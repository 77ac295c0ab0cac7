import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { RESOURCE_STATES } from '@slipway/plugin-platform-common';
import type { ActionOptions } from './ActionOptions';
import { resourceSummary, resourceSummaryOf } from './resourceSchemas';
import { paging } from './schemas';

export function registerListResources(
  registry: ActionsRegistryService,
  { resources }: ActionOptions,
): void {
  registry.register({
    name: 'list-resources',
    title: 'List resources',
    description:
      'Lists resources (databases, caches and all else the platform has made), newest first.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            environment: zod.string().optional(),
            type: zod.string().optional(),
            owner: zod
              .array(zod.string())
              .optional()
              .describe('The entity references of teams.'),
            service: zod
              .string()
              .optional()
              .describe('Made for this service, or used by it.'),
            state: zod.array(zod.enum(RESOURCE_STATES)).optional(),
            drifted: zod.boolean().optional(),
            search: zod.string().optional().describe('Part of the name.'),
            ...paging(zod),
          })
          .strict(),
      output: zod =>
        zod.object({
          items: zod.array(resourceSummary(zod)),
          nextCursor: zod.string().optional(),
        }),
    },
    action: async ({ input: { cursor, limit, ...filter }, credentials }) => {
      const page = await resources.list(credentials, filter, { cursor, limit });
      return { output: { ...page, items: page.items.map(resourceSummaryOf) } };
    },
  });
}
