import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionOptions, READ_ONLY } from './ActionOptions';
import { duty, dutyOf, entityRef } from './schemas';

export function registerWhoOwns(
  registry: ActionsRegistryService,
  { entities }: ActionOptions,
): void {
  registry.register({
    name: 'who-owns',
    title: 'Who owns it',
    description:
      'The team that is accountable for a service, API, resource or system, how that is known, who is on call, and what is wrong with it.',
    attributes: READ_ONLY,
    schema: {
      input: entityRef,
      output: zod =>
        zod.object({
          entityRef: zod.string(),
          owner: zod.string().optional().describe('Left out: nobody.'),
          ownerTitle: zod.string().optional(),
          evidence: zod
            .array(zod.string())
            .describe('What each source says, the one that counts first.'),
          onCall: duty(zod).optional(),
          findings: zod.array(
            zod.object({
              kind: zod.string(),
              evidence: zod.array(zod.string()),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const found = await entities.get(credentials, input.entityRef);
      const { owner, ownerTitle, onCall, candidates, findings } = found;
      return {
        output: {
          entityRef: found.entityRef,
          owner,
          ownerTitle,
          evidence: candidates.map(({ evidence }) => evidence),
          onCall: onCall && dutyOf(onCall),
          findings: findings.map(({ kind, evidence }) => ({ kind, evidence })),
        },
      };
    },
  });
}
