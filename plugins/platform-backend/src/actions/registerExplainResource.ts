import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';

export function registerExplainResource(
  registry: ActionsRegistryService,
  { resources }: ActionOptions,
): void {
  registry.register({
    name: 'explain-resource',
    title: 'Explain what makes a resource',
    description:
      'Says which definition would make what is asked for, with which parameters, and why none of the others. Nothing is stored or started.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            type: zod.string(),
            environment: zod.string(),
            class: zod.string().default('default'),
            id: zod.string().optional().describe('The name of the resource.'),
            service: zod.string().optional(),
            owner: zod
              .string()
              .optional()
              .describe('The entity reference of a team.'),
          })
          .strict(),
      output: zod =>
        zod.object({
          definition: zod
            .string()
            .optional()
            .describe('The one that wins; missing where none matches.'),
          provider: zod.string().optional(),
          parameters: zod.record(zod.unknown()).optional(),
          considered: zod.array(
            zod.object({
              definition: zod.string(),
              source: zod.string(),
              matches: zod.boolean(),
              specificity: zod.number(),
              reason: zod.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { request: _request, ...explanation } = await resources.explain(
        credentials,
        input,
      );
      return { output: explanation };
    },
  });
}
