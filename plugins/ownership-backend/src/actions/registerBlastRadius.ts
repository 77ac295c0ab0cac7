import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionOptions, READ_ONLY } from './ActionOptions';
import { duty, dutyOf, entityRef } from './schemas';

export function registerBlastRadius(
  registry: ActionsRegistryService,
  { dependencies }: ActionOptions,
): void {
  registry.register({
    name: 'blast-radius',
    title: 'What fails with it',
    description:
      'What needs a service, API or resource, how far away, which teams that affects and who is on call there.',
    attributes: READ_ONLY,
    schema: {
      input: entityRef,
      output: zod =>
        zod.object({
          layers: zod.array(
            zod.object({
              distance: zod.number().describe('1 needs it directly.'),
              entityRefs: zod.array(zod.string()),
            }),
          ),
          teams: zod.array(
            zod.object({
              team: zod.string(),
              entities: zod.number(),
              onCall: zod.array(duty(zod)),
            }),
          ),
          truncated: zod.boolean().describe('Whether there is more.'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { layers, teams, truncated } = await dependencies.blastRadius(
        credentials,
        input.entityRef,
      );
      return {
        output: {
          layers: layers.map(({ distance, entities }) => ({
            distance,
            entityRefs: entities.map(one => one.entityRef),
          })),
          teams: teams.map(({ team, entities, onCall }) => ({
            team,
            entities,
            onCall: onCall.map(dutyOf),
          })),
          truncated,
        },
      };
    },
  });
}
