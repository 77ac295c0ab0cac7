import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionOptions, READ_ONLY } from './ActionOptions';
import { ownedEntity, ownedEntityOf, paging } from './schemas';

export function registerListTeamEntities(
  registry: ActionsRegistryService,
  { entities }: ActionOptions,
): void {
  registry.register({
    name: 'list-team-entities',
    title: 'List what a team owns',
    description: 'Services, APIs, resources, systems and domains, by name.',
    attributes: READ_ONLY,
    schema: {
      input: zod =>
        zod
          .object({
            team: zod.string().describe('Such as "group:default/payments".'),
            ...paging(zod),
          })
          .strict(),
      output: zod =>
        zod.object({
          entities: zod.array(ownedEntity(zod)),
          nextCursor: zod.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { team: owner, ...page } = input;
      const { items, nextCursor } = await entities.list(credentials, {
        owner,
        ...page,
      });
      return { output: { entities: items.map(ownedEntityOf), nextCursor } };
    },
  });
}
