import type {
  Explanation,
  ResourceDefinition,
  ResourceMatch,
} from '@slipway/plugin-platform-common';
import { desiredParameters } from './desiredParameters';
import { listed } from './limits';
import {
  bySpecificity,
  classesFor,
  findDefinition,
  mismatches,
  specificityOf,
} from './matching';

/** Which definition makes what is asked for, and why each other one of the type doesn't. */
export function explain(
  definitions: readonly ResourceDefinition[],
  request: ResourceMatch,
): Explanation {
  const winner = findDefinition(definitions, request);
  const matches = (definition: ResourceDefinition) =>
    winner !== undefined && mismatches(definition, request).length === 0;
  const considered = definitions
    .filter(({ match }) => match.type === request.type)
    .sort(
      (a, b) => Number(matches(b)) - Number(matches(a)) || bySpecificity(a, b),
    );
  return {
    request,
    definition: winner?.name,
    provider: winner?.provider,
    parameters: winner && desiredParameters(winner, {}),
    considered: considered.map(definition => ({
      definition: definition.name,
      source: definition.source,
      matches: matches(definition),
      specificity: specificityOf(definition),
      reason: reasonOf(definition),
    })),
  };

  function reasonOf(definition: ResourceDefinition): string {
    const missed = mismatches(definition, request);
    if (missed.length > 0) {
      const parts = missed.map(
        key =>
          `${key} ${definition.match[key]}, and ${request[key] === undefined ? 'none is asked for' : `${request[key]} is asked for`}`,
      );
      return `It is for ${parts.join('; for ')}.`;
    }
    if (!winner) {
      return `It is for every class that there is, and there is no class ${request.class} here, but: ${listed(classesFor(definitions, request))}.`;
    }
    if (definition === winner) {
      return considered.filter(matches).length === 1
        ? 'It is the only one that matches.'
        : 'It matches, and is the most specific that does.';
    }
    return `It matches, but ${winner.name} is more specific (${specificityOf(winner)} to ${specificityOf(definition)}).`;
  }
}
