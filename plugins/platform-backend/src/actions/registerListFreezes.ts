import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { describeEnd, isFrozen } from '../environments/freezes';
import type { ActionOptions } from './ActionOptions';

export function registerListFreezes(
  registry: ActionsRegistryService,
  { resources }: ActionOptions,
): void {
  registry.register({
    name: 'list-freezes',
    title: 'List freeze windows',
    description:
      'When nothing is deployed without a reason and an approval, where and why, and whether that is now. They are code: a platform engineer changes them.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            environment: zod
              .string()
              .optional()
              .describe('Left out, those of all environments.'),
          })
          .strict(),
      output: zod =>
        zod.object({
          freezes: zod.array(
            zod.object({
              name: zod.string(),
              title: zod.string(),
              reason: zod.string(),
              environments: zod.array(zod.string()),
              isNow: zod.boolean(),
              until: zod.string(),
              source: zod.string().describe('Where it stands: file:line.'),
            }),
          ),
        }),
    },
    action: async ({ input: { environment }, credentials }) => {
      const { freezes } = await resources.environments(credentials);
      const now = new Date();
      return {
        output: {
          freezes: freezes
            .filter(
              ({ environments }) =>
                !environment || environments.includes(environment),
            )
            .map(({ when, ...freeze }) => ({
              ...freeze,
              isNow: isFrozen(when, now),
              until: describeEnd({ when }),
            })),
        },
      };
    },
  });
}
