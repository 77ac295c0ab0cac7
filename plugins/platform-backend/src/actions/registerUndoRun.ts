import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runId, runOutput } from './schemas';

export function registerUndoRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'undo-run',
    title: 'Undo a run',
    description:
      'Takes back what a failed or cancelled run did, in reverse order: what it created is removed. get-run lists that under remains.',
    attributes: { destructive: true, idempotent: true },
    schema: { input: runId, output: runOutput },
    action: async ({ input, credentials }) =>
      outputOf(await operations.undo(credentials, input.id)),
  });
}
