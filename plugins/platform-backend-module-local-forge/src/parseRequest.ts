import { InputError } from '@backstage/errors';
import type { ZodType } from 'zod';

/** Reads a part of a request. Throws `InputError` naming each field and what is wrong with it. */
export function parseRequest<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
    throw new InputError(problems.join('; '));
  }
  return result.data;
}
