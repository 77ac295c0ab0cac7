import type { JsonObject, JsonValue } from '@backstage/types';

/** The steps of a template's form. */
export type TemplateSteps = ReadonlyArray<{ schema: JsonObject }>;

/** The names of the fields that a form asks with, wherever they stand in it. */
export function fieldsOf(steps: TemplateSteps): string[] {
  const names = new Set<string>();
  const visit = (value: JsonValue | undefined) => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === 'ui:field' && typeof item === 'string') {
          names.add(item);
        }
        visit(item);
      }
    }
  };
  steps.forEach(({ schema }) => visit(schema));
  return [...names];
}
