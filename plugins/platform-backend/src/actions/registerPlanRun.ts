import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { runRequest } from './schemas';

export function registerPlanRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'plan-run',
    title: 'Plan a run',
    description:
      'Says what a run would do, what it would wait for and what the rules say to it. Nothing is stored or started.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: runRequest,
      output: zod =>
        zod.object({
          plan: zod
            .object({
              kind: zod.string(),
              title: zod.string(),
              target: zod.string(),
              owner: zod.string(),
              decision: zod
                .object({
                  effect: zod.enum(['allow', 'needs-approval', 'deny']),
                })
                .passthrough(),
            })
            .passthrough(),
        }),
    },
    action: async ({ input, credentials }) => {
      const plan = await operations.plan(credentials, input);
      return { output: { plan: { ...plan, decision: { ...plan.decision } } } };
    },
  });
}
