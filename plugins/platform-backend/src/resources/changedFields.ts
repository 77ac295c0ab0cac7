import type { JsonObject } from '@backstage/types';
import type { FieldChange } from '@slipway/plugin-platform-common';
import { isDeepStrictEqual } from 'node:util';

/** Field by field, what is different. */
export function changedFields(from: JsonObject, to: JsonObject): FieldChange[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter(field => !isDeepStrictEqual(from[field], to[field]))
    .map(field => ({ field, from: from[field], to: to[field] }));
}
