import type { JsonObject, JsonValue } from '@backstage/types';
import type { StartRunRequest } from '@slipway/plugin-platform-common';
import { isObject } from './isObject';
import type { PlanDeclaration } from './PlanDeclaration';
import { PLACEHOLDER, placeholdersIn } from './placeholders';

/** A run that a form asks for, as far as it is filled in. */
export interface FilledPlan {
  request: StartRunRequest;
  /** The parameters that the input names and that have no value yet. */
  missing: string[];
}

/** Fills a declaration with the values of a form; what has no value is left out. */
export function fillPlan(
  declaration: PlanDeclaration,
  values: JsonObject,
): FilledPlan {
  const missing = new Set<string>();
  const fill = (value: JsonValue | undefined): JsonValue | undefined => {
    if (typeof value === 'string') {
      return fillText(value, values, missing);
    }
    if (Array.isArray(value)) {
      return value.map(fill).filter(item => item !== undefined);
    }
    return isObject(value) ? fillObject(value, fill) : value;
  };
  return {
    request: {
      kind: declaration.kind,
      input: fillObject(declaration.input, fill),
    },
    missing: [...missing],
  };
}

function fillObject(
  object: JsonObject,
  fill: (value: JsonValue | undefined) => JsonValue | undefined,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => {
      const filled = fill(value);
      return filled === undefined ? [] : [[key, filled]];
    }),
  );
}

function fillText(
  text: string,
  values: JsonObject,
  missing: Set<string>,
): JsonValue | undefined {
  const parameters = placeholdersIn(text);
  if (parameters.length === 0) {
    return text;
  }
  const found = new Map(parameters.map(name => [name, valueOf(values, name)]));
  const absent = parameters.filter(name => isEmpty(found.get(name)));
  absent.forEach(name => missing.add(name));
  if (absent.length > 0) {
    return undefined;
  }
  const [first] = text.matchAll(PLACEHOLDER);
  return first[0] === text.trim()
    ? found.get(parameters[0])
    : text.replace(PLACEHOLDER, (_, name) => String(found.get(name)));
}

function valueOf(values: JsonObject, path: string): JsonValue | undefined {
  return path
    .split('.')
    .reduce<JsonValue | undefined>(
      (value, key) => (isObject(value) ? value[key] : undefined),
      values,
    );
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}
