import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';

export function registerOfferTransfer(
  registry: ActionsRegistryService,
  { transfers }: ActionOptions,
): void {
  registry.register({
    name: 'offer-transfer',
    title: 'Offer entities to another team',
    description:
      'For members of the owner; of what nobody owns, for anybody. Nothing moves until somebody of the other team accepts.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: zod =>
        zod
          .object({
            entityRefs: zod
              .array(zod.string())
              .min(1)
              .max(1_000)
              .optional()
              .describe('What is to go; left out where owner says it.'),
            owner: zod
              .string()
              .optional()
              .describe('Everything that this group owns.'),
            to: zod.string().describe('The group that is to own it.'),
            reason: zod.string().min(1).max(1_000),
          })
          .strict(),
      output: zod =>
        zod.object({
          id: zod.string(),
          state: zod.string(),
          entityRefs: zod.array(zod.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { id, state, entities } = await transfers.offer(credentials, input);
      const entityRefs = entities.map(({ entityRef }) => entityRef);
      return { output: { id, state, entityRefs } };
    },
  });
}
