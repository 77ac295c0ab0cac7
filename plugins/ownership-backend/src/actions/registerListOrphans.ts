import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionOptions, READ_ONLY } from './ActionOptions';
import { paging } from './schemas';

export function registerListOrphans(
  registry: ActionsRegistryService,
  { findings }: ActionOptions,
): void {
  registry.register({
    name: 'list-orphans',
    title: 'List what nobody owns',
    description:
      'What has no owner, an owner that is gone, or one without people; with who may own it instead, where something says so.',
    attributes: READ_ONLY,
    schema: {
      input: zod => zod.object(paging(zod)).strict(),
      output: zod =>
        zod.object({
          orphans: zod.array(
            zod.object({
              entityRef: zod.string(),
              evidence: zod.array(zod.string()),
              suggestion: zod
                .object({ owner: zod.string(), reason: zod.string() })
                .optional(),
            }),
          ),
          nextCursor: zod.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { items, nextCursor } = await findings.list(credentials, {
        ...input,
        kind: 'orphan',
      });
      return {
        output: {
          orphans: items.map(({ entityRef, evidence, suggestion }) => ({
            entityRef,
            evidence,
            suggestion,
          })),
          nextCursor,
        },
      };
    },
  });
}
