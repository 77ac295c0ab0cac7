import type { Configuration } from '@slipway/plugin-platform-common';

/** What somebody has changed and not yet applied. `undefined` as a value takes one away. */
export type Draft = ReadonlyMap<string, { value?: string; isSecret: boolean }>;

/** One line of the table: what is set, and what would be. */
export interface Entry {
  key: string;
  isSecret: boolean;
  /** As it is in force; missing where it isn't set, or is a secret. */
  value?: string;
  isSet: boolean;
  /** What is to become of it. */
  pending?: 'added' | 'changed' | 'removed';
  /** What it would be. */
  next?: string;
}

/** Everything that is set or would be, by name. */
export function entriesOf(configuration: Configuration, draft: Draft): Entry[] {
  const { variables, secrets } = configuration;
  const entries = new Map<string, Entry>([
    ...Object.entries(variables).map(([key, value]): [string, Entry] => [
      key,
      { key, value, isSecret: false, isSet: true },
    ]),
    ...secrets.map((key): [string, Entry] => [
      key,
      { key, isSecret: true, isSet: true },
    ]),
  ]);
  for (const [key, { value, isSecret }] of draft) {
    const known = entries.get(key);
    entries.set(key, {
      ...(known ?? { key, isSet: false }),
      isSecret,
      next: value,
      pending: pendingOf(known !== undefined, value),
    });
  }
  return [...entries.values()].sort((a, b) => a.key.localeCompare(b.key, 'en'));
}

function pendingOf(isSet: boolean, value: string | undefined) {
  if (value === undefined) {
    return 'removed';
  }
  return isSet ? 'changed' : 'added';
}

/** What the platform is asked for. A variable that becomes a secret, or the other way round, is taken away as what it was. */
export function requestOf(configuration: Configuration, draft: Draft) {
  const variables: Record<string, string | null> = {};
  const secrets: Record<string, string | null> = {};
  for (const [key, { value, isSecret }] of draft) {
    const wanted = isSecret ? secrets : variables;
    const other = isSecret ? variables : secrets;
    wanted[key] = value ?? null;
    const wasSecret = configuration.secrets.includes(key);
    const wasVariable = Object.hasOwn(configuration.variables, key);
    if (isSecret ? wasVariable : wasSecret) {
      other[key] = null;
    }
  }
  return { version: configuration.version, variables, secrets };
}
