import { InputError } from '@backstage/errors';
import { z, type ZodType } from 'zod';

/** Parses a query or body; throws `InputError` that names each field, what is wrong and what would be right. */
export function parse<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      result.error.issues
        .map(issue => `${issue.path.join('.') || 'request'}: ${issue.message}`)
        .join('; '),
    );
  }
  return result.data;
}

/** A query parameter that may be given once, more often, or not at all. */
export const listParameter = z
  .union([z.string(), z.array(z.string())])
  .transform(value => (Array.isArray(value) ? value : [value]))
  .optional();

/** How many items a list answers. */
export function limitParameter(standard: number, most: number) {
  return z.coerce.number().int().min(1).max(most).default(standard);
}
