import { z, type ZodType } from 'zod';

/** As much of JSON Schema as it takes to know the fields of a mapping. */
export interface ObjectSchema {
  properties?: Record<string, ObjectSchema>;
  additionalProperties?: unknown;
}

/** What a schema takes, as JSON Schema. */
export function objectSchemaOf(schema: ZodType): ObjectSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as ObjectSchema;
}
