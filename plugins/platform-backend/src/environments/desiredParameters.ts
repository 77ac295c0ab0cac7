import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { ResourceDefinition } from '@slipway/plugin-platform-common';
import { isDeepStrictEqual } from 'node:util';
import { explainExcess } from './limits';

/**
 * What is asked for, completed and held to its limits by the definition that makes it. Fields are taken as a whole, lists and
 * mappings too. Throws `InputError` that names the field, what was asked and what is allowed.
 */
export function desiredParameters(
  definition: Pick<
    ResourceDefinition,
    'name' | 'parameters' | 'defaults' | 'maximum'
  >,
  asked: JsonObject,
): JsonObject {
  const { name, parameters, defaults, maximum } = definition;
  const given = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined),
  );
  for (const [field, value] of Object.entries(given)) {
    if (
      Object.hasOwn(parameters, field) &&
      !isDeepStrictEqual(value, parameters[field])
    ) {
      throw new InputError(
        `${field}: ${JSON.stringify(value)} was asked for, but "${name}" fixes it at ${JSON.stringify(parameters[field])}. Leave it out, or ask for another class.`,
      );
    }
    const allowed = Object.hasOwn(maximum, field)
      ? explainExcess(value, maximum[field])
      : undefined;
    if (allowed) {
      throw new InputError(
        `${field}: ${JSON.stringify(value)} was asked for, but "${name}" allows ${allowed}.`,
      );
    }
  }
  return { ...defaults, ...given, ...parameters };
}
