import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runOutput, runRequest } from './schemas';

export function registerStartRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'start-run',
    title: 'Start a run',
    description:
      'Starts a run, such as a deployment. Does not wait for its end: get-run shows how it goes. It waits for approval where the rules want one; plan-run says so before.',
    attributes: { destructive: false },
    schema: {
      input: zod =>
        runRequest(zod).extend({
          hold: zod
            .boolean()
            .optional()
            .describe('Store it with its plan; a person starts it later.'),
          planDigest: zod
            .string()
            .optional()
            .describe(
              'The digest that plan-run answered: where the plan is another by now, nothing is started.',
            ),
          idempotencyKey: zod
            .string()
            .optional()
            .describe(
              'However often you send the same key, one run is started.',
            ),
        }),
      output: runOutput,
    },
    action: async ({ input: { idempotencyKey, ...request }, credentials }) =>
      outputOf(await operations.start(credentials, request, idempotencyKey)),
  });
}
