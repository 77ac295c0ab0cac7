import type { JsonValue } from '@backstage/types';

/** A value of a parameter or field as it is read on a page: a list by its items, what is empty or not there as `none`. */
export function formatValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(formatValue).join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
