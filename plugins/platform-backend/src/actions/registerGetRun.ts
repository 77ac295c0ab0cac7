import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runId, runOutput } from './schemas';

export function registerGetRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'get-run',
    title: 'Show a run',
    description:
      'Shows a run: its state, steps, what it waits for, why it failed and what it left behind.',
    attributes: { readOnly: true, idempotent: true },
    schema: { input: runId, output: runOutput },
    action: async ({ input, credentials }) =>
      outputOf(await operations.get(credentials, input.id)),
  });
}
