import type { JsonObject } from '@backstage/types';
import { isObject } from './isObject';
import type { PlanDeclaration } from './PlanDeclaration';
import { placeholdersIn } from './placeholders';

/** The parameter that each field of the input is filled from, by the field's name and by its path. */
export function parametersByField({
  input,
}: PlanDeclaration): Map<string, string> {
  const parameters = new Map<string, string>();
  const visit = (object: JsonObject, path: string) => {
    for (const [key, value] of Object.entries(object)) {
      if (isObject(value)) {
        visit(value, `${path}${key}.`);
      } else if (typeof value === 'string') {
        const [parameter] = placeholdersIn(value);
        if (parameter !== undefined) {
          // A provider names its own parameters without saying where they stand.
          parameters.set(key, parameter);
          parameters.set(`${path}${key}`, parameter);
        }
      }
    }
  };
  visit(input, '');
  return parameters;
}
