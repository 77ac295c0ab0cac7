import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { duty, dutyOf } from './schemas';

export function registerSwapShift(
  registry: ActionsRegistryService,
  { onCall }: ActionOptions,
): void {
  registry.register({
    name: 'swap-on-call-shift',
    title: 'Let a colleague take over an on-call shift',
    description:
      'For members of the team. Of the shift that is now, what is left of it goes.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: zod =>
        zod
          .object({
            rotation: zod.string(),
            since: zod
              .string()
              .describe('When the shift begins, ISO 8601 with an offset.'),
            to: zod.string().describe('Who takes over: "user:default/idris".'),
            why: zod.string().max(500).optional(),
          })
          .strict(),
      output: zod => zod.object({ onCall: duty(zod) }),
    },
    action: async ({ input: { rotation, ...swap }, credentials }) => ({
      output: {
        onCall: dutyOf(await onCall.swap(credentials, rotation, swap)),
      },
    }),
  });
}
