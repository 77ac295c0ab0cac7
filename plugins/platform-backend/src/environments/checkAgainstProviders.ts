import type {
  DefinitionProblem,
  ResourceDefinition,
} from '@slipway/plugin-platform-common';
import {
  didYouMean,
  type FieldProblem,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { checkParameters } from './checkParameters';
import { listed } from './limits';
import { type Located, problemAt } from './Located';

/** Holds definitions against the providers that they name, and against what these say can be asked for. */
export function checkAgainstProviders(
  definitions: readonly Located<ResourceDefinition>[],
  providers: readonly ResourceProvider[],
): DefinitionProblem[] {
  return definitions.flatMap(definition =>
    checkOne(definition.value, providers).map(({ path, message }) =>
      problemAt(definition, path, message),
    ),
  );
}

function checkOne(
  definition: ResourceDefinition,
  providers: readonly ResourceProvider[],
): FieldProblem[] {
  const { type } = definition.match;
  const provider = providers.find(({ name }) => name === definition.provider);
  const path = ['spec', 'provider'];
  if (!provider) {
    const names = providers.map(({ name }) => name);
    return [
      {
        path,
        message: `This portal has no resource provider "${definition.provider}".${didYouMean(definition.provider, names)} It has: ${listed(names) || 'none'}. Name one of them, or install the module that brings it.`,
      },
    ];
  }
  if (provider.type !== type) {
    const fitting = providers
      .filter(other => other.type === type)
      .map(({ name }) => name);
    return [
      {
        path,
        message: `The provider ${provider.name} makes ${provider.type}, and spec.match.type is ${type}. What makes ${type} here: ${listed(fitting) || 'no provider'}.`,
      },
    ];
  }
  return checkParameters(definition, provider);
}
