import type { ConfigurationChange } from '@slipway/plugin-platform-common';

/** What is set. */
export interface Values {
  variables: Record<string, string>;
  secrets: Record<string, string>;
}

/** What is different, key by key; of secrets, that they are. */
export function changesBetween(
  before: Values,
  after: Values,
): ConfigurationChange[] {
  return [
    ...compare(before.variables, after.variables).map(change => ({
      ...change,
      isSecret: false,
    })),
    ...compare(before.secrets, after.secrets).map(({ key, action }) => ({
      key,
      action,
      isSecret: true,
    })),
  ];
}

type Change = Omit<ConfigurationChange, 'isSecret'>;

function compare(
  before: Record<string, string>,
  after: Record<string, string>,
): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.sort().flatMap((key): Change[] => {
    const from = Object.hasOwn(before, key) ? before[key] : undefined;
    const to = Object.hasOwn(after, key) ? after[key] : undefined;
    if (from === to) {
      return [];
    }
    if (from === undefined) {
      return [{ key, action: 'add', to }];
    }
    return to === undefined
      ? [{ key, action: 'remove', from }]
      : [{ key, action: 'change', from, to }];
  });
}
