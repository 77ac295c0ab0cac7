import type { JsonValue } from '@backstage/types';
import { isDeepStrictEqual } from 'node:util';

/** Whether a value can limit what is asked for: a number, or a list of what is allowed. */
export function isLimit(limit: JsonValue): limit is number | JsonValue[] {
  return typeof limit === 'number' || Array.isArray(limit);
}

/**
 * What would be right, where a value is beyond a limit: `at most 20`. A number limits numbers; a list allows the values in it,
 * and lists of them.
 */
export function explainExcess(
  value: JsonValue | undefined,
  limit: JsonValue | undefined,
): string | undefined {
  if (typeof limit === 'number') {
    return typeof value === 'number' && value <= limit
      ? undefined
      : `at most ${limit}`;
  }
  if (Array.isArray(limit)) {
    const values = Array.isArray(value) ? value : [value];
    const isAllowed = values.every(one =>
      limit.some(allowed => isDeepStrictEqual(one, allowed)),
    );
    return isAllowed ? undefined : `only ${listed(limit) || 'nothing'}`;
  }
  return undefined;
}

/** Values as people read them in a sentence. */
export function listed(values: Iterable<JsonValue | undefined>): string {
  return [...values]
    .map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}
