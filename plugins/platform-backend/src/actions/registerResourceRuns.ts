import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { resourceRunActions } from './resourceRunActions';
import { outputOf, runOutput } from './schemas';

/** Starts runs on resources. What they would do, `plan-run` says before. */
export function registerResourceRuns(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  for (const action of resourceRunActions) {
    const { name, title, kind, destructive } = action;
    registry.register({
      name,
      title,
      description: `${action.description} Starts a run and does not wait for its end: get-run shows how it goes; plan-run says before, for the kind "${kind}", what it would do.`,
      attributes: { destructive },
      schema: {
        input: zod =>
          zod
            .object({
              ...action.input(zod),
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
            })
            .strict(),
        output: runOutput,
      },
      action: async ({
        input: { planDigest, idempotencyKey, ...input },
        credentials,
      }) =>
        outputOf(
          await operations.start(
            credentials,
            { kind, input, planDigest },
            idempotencyKey,
          ),
        ),
    });
  }
}
