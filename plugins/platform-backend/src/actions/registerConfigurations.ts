import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { outputOf, runOutput, type Zod } from './schemas';

const place = (zod: Zod) => ({
  service: zod.string().describe('The name of the service.'),
  environment: zod.string().describe('The name of the environment.'),
});

const values = (zod: Zod) =>
  zod
    .record(zod.string().nullable())
    .optional()
    .describe('By name; null takes one away, what is not named stays.');

/** What a service is given in an environment: look at it, and change it. */
export function registerConfigurations(
  registry: ActionsRegistryService,
  { configurations }: ActionOptions,
): void {
  registry.register({
    name: 'get-configuration',
    title: 'Show a configuration',
    description:
      'What a service is given in an environment: variables with their values, secrets by name only, and what its score.yaml asks for and is missing.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: zod => zod.object(place(zod)).strict(),
      output: zod =>
        zod.object({
          version: zod.number().describe('0 where nothing was ever set.'),
          variables: zod.record(zod.string()),
          secrets: zod.array(zod.string()),
          missing: zod.array(zod.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { version, variables, secrets, missing } = await configurations.get(
        credentials,
        input,
      );
      return { output: { version, variables, secrets, missing } };
    },
  });

  registry.register({
    name: 'configure-service',
    title: 'Configure a service',
    description:
      'Changes variables and secrets of a service in an environment, and deploys what serves once more with them. In a protected environment a second person has to agree.',
    attributes: { destructive: true, idempotent: false },
    schema: {
      input: zod =>
        zod
          .object({
            ...place(zod),
            version: zod
              .number()
              .int()
              .min(0)
              .describe(
                'The version that "get-configuration" showed; refused where there is a newer one.',
              ),
            variables: values(zod),
            secrets: values(zod),
            reason: zod.string().trim().min(1).max(500).optional(),
          })
          .strict(),
      output: runOutput,
    },
    action: async ({
      input: { service, environment, ...request },
      credentials,
    }) =>
      outputOf(
        await configurations.change(
          credentials,
          { service, environment },
          request,
          undefined,
        ),
      ),
  });
}
