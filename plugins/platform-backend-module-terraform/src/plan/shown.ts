import type { JsonObject, JsonValue } from '@backstage/types';

/** What stands for a secret. */
export const SECRET = '(secret)';
/** What stands for another secret in its place. */
export const OTHER_SECRET = '(another secret)';
/** What stands for what only making it tells. */
export const UNKNOWN = '(known once it is made)';

/**
 * A value as people may see it.
 *
 * @param marks - `true` in the place of what is marked, at whatever depth, as the CLI marks secret and unknown values
 * @param sign - what stands in its place
 */
export function shown(
  value: JsonValue | undefined,
  marks: JsonValue | undefined,
  sign: string,
): JsonValue | undefined {
  if (marks === true) {
    return sign;
  }
  if (Array.isArray(value) && Array.isArray(marks)) {
    return value.map((item, index) => shown(item, marks[index], sign) ?? item);
  }
  if (isObject(value) && isObject(marks)) {
    const names = new Set([...Object.keys(value), ...marked(marks)]);
    return Object.fromEntries(
      [...names].map(name => [name, shown(value[name], marks[name], sign)]),
    );
  }
  return value;
}

/** Whether anything in it is marked. */
export function isMarked(marks: JsonValue | undefined): boolean {
  if (marks === true) {
    return true;
  }
  return typeof marks === 'object' && marks !== null
    ? Object.values(marks).some(isMarked)
    : false;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function marked(marks: JsonObject): string[] {
  return Object.keys(marks).filter(name => isMarked(marks[name]));
}
