import type { PlannedChange } from '@slipway/plugin-platform-common';

/** Changes in one line: `create database orders in dev; change … (size: "small" to "large")`. */
export function describeChanges(changes: readonly PlannedChange[]): string {
  return changes.length ? changes.map(describe).join('; ') : 'nothing changes';
}

function describe({
  action,
  what,
  detail,
  fields = [],
}: PlannedChange): string {
  const words = fields.map(
    ({ field, from, to }) =>
      `${field}: ${from === undefined ? '' : `${JSON.stringify(from)} to `}${JSON.stringify(to) ?? 'nothing'}`,
  );
  return [
    `${action} ${what}`,
    ...(detail ? [detail] : []),
    ...(words.length ? [`(${words.join(', ')})`] : []),
  ].join(' ');
}
