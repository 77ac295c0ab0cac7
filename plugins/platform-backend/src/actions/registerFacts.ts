import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';

/** What pipelines found out about what they made. */
export function registerFacts(
  registry: ActionsRegistryService,
  { facts }: ActionOptions,
): void {
  registry.register({
    name: 'list-artifact-facts',
    title: 'List the facts of an artifact',
    description:
      'What the scans of its pipeline said: secrets, weak dependencies, licences, what it is made of. Empty where nothing was scanned.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod =>
        zod
          .object({
            digest: zod
              .string()
              .describe('As "list-deployments" names it: sha256:...'),
          })
          .strict(),
      output: zod =>
        zod.object({
          facts: zod.array(
            zod.object({
              kind: zod.string(),
              state: zod
                .string()
                .describe('unknown: it could not be found out.'),
              summary: zod.string(),
              findings: zod.array(
                zod.object({ severity: zod.string(), name: zod.string() }),
              ),
              measuredAt: zod.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const items = await facts.list(credentials, input.digest);
      return {
        output: {
          facts: items.map(({ findings, ...fact }) => ({
            ...fact,
            findings: findings.map(({ severity, name }) => ({
              severity,
              name,
            })),
          })),
        },
      };
    },
  });
}
