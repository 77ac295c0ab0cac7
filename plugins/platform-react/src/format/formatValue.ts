import type { JsonValue } from '@backstage/types';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A value of a parameter or field as it is read on a page: a list by its items, what is empty or not there as `none`, a moment in the reader's own way. */
export function formatValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === '') {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map(formatValue).join(', ');
  }
  if (typeof value === 'string' && MOMENT.test(value)) {
    return new Date(value).toLocaleString(undefined, {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
