import type { JsonValue } from '@backstage/types';
import type { ResourceDefinition } from '@slipway/plugin-platform-common';
import {
  explainUnknown,
  type FieldProblem,
  objectSchemaOf,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { explainExcess } from './limits';

const PARTS = ['parameters', 'defaults', 'maximum'] as const;

/**
 * Holds what a definition says of parameters against its provider's schema. What the engineer has to say may be missing, and what
 * depends on it isn't looked at.
 */
export function checkParameters(
  definition: ResourceDefinition,
  provider: ResourceProvider,
): FieldProblem[] {
  const unknown = findUnknown(definition, provider);
  return unknown.length > 0
    ? unknown
    : [
        ...findRefused(definition, provider),
        ...findUselessLimits(definition, provider),
        ...findExceeded(definition, provider),
      ];
}

function findUnknown(
  definition: ResourceDefinition,
  { parameters }: ResourceProvider,
): FieldProblem[] {
  const { properties, additionalProperties = false } =
    objectSchemaOf(parameters);
  if (!properties || additionalProperties !== false) {
    return [];
  }
  const known = Object.keys(properties);
  return PARTS.flatMap(part =>
    Object.keys(definition[part])
      .filter(field => !known.includes(field))
      .map(field => ({
        path: ['spec', part, field],
        message: explainUnknown(
          `What ${definition.match.type} can be asked for`,
          field,
          known,
        ),
      })),
  );
}

/** What the definition gives, and the provider doesn't take. */
function findRefused(
  definition: ResourceDefinition,
  provider: ResourceProvider,
): FieldProblem[] {
  const { parameters, defaults } = definition;
  const given = { ...defaults, ...parameters };
  const { error } = provider.parameters.safeParse(given);
  return (error?.issues ?? []).flatMap(({ path, message }) => {
    const [field, ...rest] = path.map(String);
    if (!Object.hasOwn(given, field)) {
      return [];
    }
    const part = Object.hasOwn(parameters, field) ? 'parameters' : 'defaults';
    const at = ['spec', part, field, ...rest];
    return [
      {
        path: at,
        message: `${at.join('.')} is not what the provider ${provider.name} takes. ${message}`,
      },
    ];
  });
}

/** Limits that allow what the provider never takes. */
function findUselessLimits(
  { parameters, defaults, maximum }: ResourceDefinition,
  provider: ResourceProvider,
): FieldProblem[] {
  return Object.entries(maximum).flatMap(([field, limit]) => {
    const whole = objection(field, limit);
    const message =
      whole && Array.isArray(limit)
        ? limit.map(value => objection(field, value)).find(Boolean)
        : whole;
    return message
      ? [
          {
            path: ['spec', 'maximum', field],
            message: `spec.maximum.${field} allows what the provider ${provider.name} doesn't take. ${message}`,
          },
        ]
      : [];
  });

  function objection(
    field: string,
    value: JsonValue | undefined,
  ): string | undefined {
    const asked = { ...defaults, ...parameters, [field]: value };
    const { error } = provider.parameters.safeParse(asked);
    return error?.issues.find(({ path }) => path[0] === field)?.message;
  }
}

/** What the provider itself takes where nothing is asked for, and the definition doesn't allow. */
function findExceeded(
  { parameters, defaults, maximum }: ResourceDefinition,
  provider: ResourceProvider,
): FieldProblem[] {
  const { data = {} } = provider.parameters.safeParse({
    ...defaults,
    ...parameters,
  });
  return Object.entries(maximum).flatMap(([field, limit]) => {
    const value = data[field];
    const allowed =
      value === undefined ? undefined : explainExcess(value, limit);
    return allowed && !Object.hasOwn(defaults, field)
      ? [
          {
            path: ['spec', 'maximum', field],
            message: `Where nothing is asked for, the provider ${provider.name} takes ${JSON.stringify(value)} for ${field}, and spec.maximum allows ${allowed}. Say in spec.defaults.${field} what to take.`,
          },
        ]
      : [];
  });
}
