import type {
  Environment,
  ResourceDefinition,
  ResourceOffer,
} from '@slipway/plugin-platform-common';
import { classesFor, findDefinition } from './matching';

/**
 * What anybody can ask for of a type, environment by environment. What is kept for one owner, service or name is left out.
 */
export function offersOf(
  type: string,
  definitions: readonly ResourceDefinition[],
  environments: readonly Environment[],
): ResourceOffer[] {
  return environments.flatMap(({ name: environment }) =>
    [...classesFor(definitions, { type, environment })].flatMap(name => {
      const request = { type, environment, class: name };
      const definition = findDefinition(definitions, request);
      return definition ? [toOffer(definition, environment, name)] : [];
    }),
  );
}

function toOffer(
  definition: ResourceDefinition,
  environment: string,
  className: string,
): ResourceOffer {
  return {
    environment,
    class: className,
    definition: definition.name,
    description: definition.description,
    provider: definition.provider,
    fixed: definition.parameters,
    defaults: definition.defaults,
    maximum: definition.maximum,
    timeToLive: definition.timeToLive,
  };
}
