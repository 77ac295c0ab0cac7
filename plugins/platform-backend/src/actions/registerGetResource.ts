import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionOptions } from './ActionOptions';
import { resourceId, resourceOutput } from './resourceSchemas';

export function registerGetResource(
  registry: ActionsRegistryService,
  { resources }: ActionOptions,
): void {
  registry.register({
    name: 'get-resource',
    title: 'Show a resource',
    description:
      'Shows a resource: its state, parameters, what it offers (no secrets), who uses it, drift and expiry.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: zod => zod.object(resourceId(zod)).strict(),
      output: resourceOutput,
    },
    action: async ({ input, credentials }) => {
      const resource = await resources.get(credentials, input.resourceId);
      return {
        output: {
          resource: {
            ...resource,
            outputs: resource.outputs.map(output => ({ ...output })),
            connections: resource.connections.map(each => ({ ...each })),
          },
        },
      };
    },
  });
}
