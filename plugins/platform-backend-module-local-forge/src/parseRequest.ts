import { InputError } from '@backstage/errors';
import { z, type ZodType } from 'zod';

/** Reads a part of a request. Throws `InputError` naming each field, what is wrong with it and what would be right. */
export function parseRequest<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(z.prettifyError(result.error));
  }
  return result.data;
}
