import { InputError } from '@backstage/errors';
import type {
  ResourceDefinition,
  ResourceMatch,
} from '@slipway/plugin-platform-common';
import { didYouMean } from '@slipway/plugin-platform-node';
import { listed } from './limits';
import { classesFor, findDefinition, mismatches } from './matching';

/**
 * The definition that makes what is asked for. Throws `InputError` that says what is unknown, and what there is instead.
 *
 * @param request - in an environment that exists
 */
export function requireDefinition(
  definitions: readonly ResourceDefinition[],
  request: ResourceMatch,
): ResourceDefinition {
  const definition = findDefinition(definitions, request);
  if (definition) {
    return definition;
  }
  requireType(definitions, request.type);
  const { type, environment } = request;
  const classes = classesFor(definitions, request);
  if (classes.size > 0) {
    throw new InputError(
      `class: ${type} has no class "${request.class}" in ${environment}.${didYouMean(request.class, classes)} There are: ${listed(classes)}.`,
    );
  }
  const ofType = definitions.filter(({ match }) => match.type === type);
  const here = ofType.filter(
    each => !mismatches(each, request).includes('environment'),
  );
  if (here.length === 0) {
    const elsewhere = new Set(ofType.map(({ match }) => match.environment));
    throw new InputError(
      `environment: ${type} is not offered in ${environment}, but in: ${listed(elsewhere)}.`,
    );
  }
  throw new InputError(
    `type: ${type} is offered in ${environment} only for ${here.map(onlyFor).join(' or for ')}.`,
  );
}

/** Throws `InputError` where no definition is of this type. */
export function requireType(
  definitions: readonly ResourceDefinition[],
  type: string,
): void {
  const types = new Set(definitions.map(({ match }) => match.type));
  if (!types.has(type)) {
    throw new InputError(
      `type: there is no resource type "${type}".${didYouMean(type, types)} There are: ${listed(types) || 'none, since no resource is defined yet'}.`,
    );
  }
}

/** Whom or what a definition is kept for. */
function onlyFor({ match }: ResourceDefinition): string {
  return (['id', 'service', 'owner'] as const)
    .filter(key => match[key] !== undefined)
    .map(key => `${key} ${match[key]}`)
    .join(' and ');
}
