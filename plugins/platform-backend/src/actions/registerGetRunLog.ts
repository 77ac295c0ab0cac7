import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { runId } from './schemas';

export function registerGetRunLog(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'get-run-log',
    title: 'Show the log of a run',
    description:
      'Shows what the steps of a run logged, in order. For the next lines, give the sequence of the last one as after.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: zod =>
        runId(zod).extend({
          after: zod.number().int().min(0).default(0),
          limit: zod.number().int().min(1).max(1_000).default(200),
        }),
      output: zod =>
        zod.object({
          lines: zod.array(
            zod.object({
              sequence: zod.number(),
              stepId: zod.string(),
              at: zod.string(),
              text: zod.string(),
            }),
          ),
        }),
    },
    action: async ({ input: { id, ...page }, credentials }) => ({
      output: { lines: await operations.log(credentials, id, page) },
    }),
  });
}
