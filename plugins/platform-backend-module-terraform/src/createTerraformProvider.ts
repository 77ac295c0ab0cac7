import type { JsonObject } from '@backstage/types';
import {
  createResourceProvider,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { TerraformModule } from './modules/TerraformModule';
import {
  TerraformResources,
  type TerraformResourcesOptions,
} from './operations/TerraformResources';

/** A module of the platform team as a resource provider. */
export function createTerraformProvider(
  module: TerraformModule,
  options: TerraformResourcesOptions,
): ResourceProvider {
  const resources = new TerraformResources(module, options);
  const { name, type, title, description, outputs, timeoutMs } = module;
  return createResourceProvider<JsonObject>({
    ...{ type, title, description, outputs, timeoutMs },
    name: `terraform-${name}`,
    parameters: z.fromJSONSchema(module.parameters) as z.ZodType<JsonObject>,
    plan: (resource, observation, look) =>
      resources.plan(resource, observation, look),
    observe: (resource, look) => resources.observe(resource, look),
    apply: (resource, context) => resources.apply(resource, context),
    destroy: (resource, context) => resources.destroy(resource, context),
  });
}
