import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runId, runOutput } from './schemas';

export function registerCancelRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'cancel-run',
    title: 'Cancel a run',
    description:
      'Stops a run of your team at the next safe point. What it did so far stays; undo-run takes it back.',
    attributes: { destructive: false, idempotent: true },
    schema: { input: runId, output: runOutput },
    action: async ({ input, credentials }) =>
      outputOf(await operations.cancel(credentials, input.id)),
  });
}
