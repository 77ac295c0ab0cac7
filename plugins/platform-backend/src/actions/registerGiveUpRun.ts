import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runId, runOutput } from './schemas';

export function registerGiveUpRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'give-up-run',
    title: 'Give up a run',
    description:
      'Ends the matter of a failed or cancelled run of your team. Nothing is removed; what remains of it stays listed.',
    attributes: { destructive: false, idempotent: true },
    schema: { input: runId, output: runOutput },
    action: async ({ input, credentials }) =>
      outputOf(await operations.giveUp(credentials, input.id)),
  });
}
