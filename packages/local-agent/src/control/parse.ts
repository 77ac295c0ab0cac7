import type { ZodMiniType } from 'zod/mini';
import { AgentError } from '../AgentError';

/** Throws what is wrong, and where. */
export function parse<T>(
  schema: ZodMiniType<T>,
  value: unknown,
  where = 'the body',
): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const at = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new AgentError(
    'InputError',
    `Wrong in ${where}${at}: ${issue.message}`,
  );
}
