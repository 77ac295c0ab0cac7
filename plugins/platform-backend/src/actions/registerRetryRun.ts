import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runId, runOutput } from './schemas';

export function registerRetryRun(
  registry: ActionsRegistryService,
  { operations }: ActionOptions,
): void {
  registry.register({
    name: 'retry-run',
    title: 'Retry a run',
    description:
      'Goes on with a failed or cancelled run from the step that failed. What was done is not done again.',
    attributes: { destructive: false },
    schema: { input: runId, output: runOutput },
    action: async ({ input, credentials }) =>
      outputOf(await operations.retry(credentials, input.id)),
  });
}
