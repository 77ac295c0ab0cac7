import { parseEntityRef } from '@backstage/catalog-model';
import { humanizeEntityRef } from '@backstage/plugin-catalog-react';
import type { JsonObject, JsonValue } from '@backstage/types';
import { isObject } from '../plan/isObject';
import type { TemplateSteps } from './fieldsOf';

/** The values of a form in the order in which they are asked for, teams by their names. */
export function reviewedValues(
  steps: TemplateSteps,
  values: JsonObject,
): JsonObject {
  const reviewed: JsonObject = {};
  for (const { schema } of steps) {
    for (const [name, property] of Object.entries(
      isObject(schema.properties) ? schema.properties : {},
    )) {
      if (name in values) {
        reviewed[name] = readable(property, values[name]);
      }
    }
  }
  return { ...reviewed, ...withoutKeys(values, Object.keys(reviewed)) };
}

function readable(
  property: JsonValue | undefined,
  value: JsonValue | undefined,
): JsonValue | undefined {
  const isTeam =
    isObject(property) && property['ui:field'] === 'OwnedTeamPicker';
  return isTeam && typeof value === 'string'
    ? humanizeEntityRef(parseEntityRef(value), { defaultKind: 'group' })
    : value;
}

function withoutKeys(values: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => !keys.includes(key)),
  );
}
