import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parse } from '../http';
import { entityEdit } from '../ownership';
import type { ActionOptions } from './ActionOptions';

export function registerEditEntity(
  registry: ActionsRegistryService,
  { edits }: ActionOptions,
): void {
  registry.register({
    name: 'edit-entity',
    title: 'Change what an entity says of itself',
    description:
      'Opens a merge request that changes its entity file; it counts once that is merged. For members of the owner.',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            entityRef: zod
              .string()
              .describe('Such as "component:default/orders".'),
            changes: zod
              .object({
                title: zod.string().nullable(),
                description: zod.string().nullable(),
                lifecycle: zod.string(),
                tags: zod.array(zod.string()),
                tier: zod.string().nullable(),
                technicalLead: zod.string().nullable(),
                onCall: zod.string().nullable(),
                securityContact: zod.string().nullable(),
                runbook: zod.string().nullable(),
              })
              .partial()
              .strict()
              .describe('null takes away; what is left out stays.'),
          })
          .strict(),
      output: zod =>
        zod.object({
          repository: zod.string(),
          number: zod.number(),
          title: zod.string(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { repository, number, title } = await edits.propose(
        credentials,
        parse(entityEdit, input),
      );
      return { output: { repository, number, title } };
    },
  });
}
