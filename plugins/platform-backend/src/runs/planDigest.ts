import type { PlannedChange } from '@slipway/plugin-platform-common';
import { createHash } from 'node:crypto';

/** The same for the same changes in the same order, whatever the order of their keys. */
export function planDigest(changes: readonly PlannedChange[]): string {
  return createHash('sha256')
    .update(JSON.stringify(changes, sorted))
    .digest('hex');
}

function sorted(_: string, value: unknown): unknown {
  return typeof value === 'object' && value && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
}
