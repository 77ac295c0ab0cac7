import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionOptions, READ_ONLY } from './ActionOptions';
import { duty, dutyOf } from './schemas';

export function registerWhoIsOnCall(
  registry: ActionsRegistryService,
  { teams }: ActionOptions,
): void {
  registry.register({
    name: 'who-is-on-call',
    title: 'Who is on call',
    description:
      'Who is on call in a team now, and who is next. For a service, use "who-owns".',
    attributes: READ_ONLY,
    schema: {
      input: zod =>
        zod
          .object({
            team: zod.string().describe('Such as "group:default/payments".'),
          })
          .strict(),
      output: zod => zod.object({ onCall: zod.array(duty(zod)) }),
    },
    action: async ({ input, credentials }) => {
      const { onCall } = await teams.get(credentials, input.team);
      return { output: { onCall: onCall.map(dutyOf) } };
    },
  });
}
