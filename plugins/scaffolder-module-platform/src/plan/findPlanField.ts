import type { JsonObject, JsonValue } from '@backstage/types';
import { isObject } from './isObject';
import { PLAN_FIELD, type PlanDeclaration } from './PlanDeclaration';

/** Where a template says which run it is going to start. */
export interface PlanField {
  /** The parameter that takes the digest of the plan that was shown. */
  parameter: string;
  declaration: PlanDeclaration;
}

/** The plan field of a template, if it has one. */
export function findPlanField(
  steps: ReadonlyArray<{ schema: JsonObject }>,
): PlanField | undefined {
  for (const { schema } of steps) {
    for (const [parameter, property] of entriesOf(schema.properties)) {
      const options = propertyOf(property, 'ui:options');
      const kind = propertyOf(options, 'kind');
      const input = propertyOf(options, 'input');
      if (
        propertyOf(property, 'ui:field') === PLAN_FIELD &&
        typeof kind === 'string' &&
        isObject(input)
      ) {
        return { parameter, declaration: { kind, input } };
      }
    }
  }
  return undefined;
}

/** What the parameters of a template are called, by their names. */
export function titlesOf(
  steps: ReadonlyArray<{ schema: JsonObject }>,
): Map<string, string> {
  return new Map(
    steps.flatMap(({ schema }) =>
      entriesOf(schema.properties).map(([name, property]) => {
        const title = propertyOf(property, 'title');
        return [name, typeof title === 'string' ? title : name] as const;
      }),
    ),
  );
}

function entriesOf(value: JsonValue | undefined) {
  return isObject(value) ? Object.entries(value) : [];
}

function propertyOf(
  value: JsonValue | undefined,
  key: string,
): JsonValue | undefined {
  return isObject(value) ? value[key] : undefined;
}
