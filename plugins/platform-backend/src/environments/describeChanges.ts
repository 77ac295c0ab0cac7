import type {
  Environment,
  FreezeWindow,
  ResourceDefinition,
} from '@slipway/plugin-platform-common';
import { isDeepStrictEqual } from 'node:util';

/** What counts at a time. */
export interface Counting {
  environments: readonly Environment[];
  definitions: readonly ResourceDefinition[];
  freezes: readonly FreezeWindow[];
}

/** What is different now, in words, one thing each: `definition postgres-small: maximum`. */
export function describeChanges(before: Counting, now: Counting): string[] {
  const order = ({ environments }: Counting) =>
    environments.map(({ name }) => name).join(', ');
  const changes = [
    ...compare('environment', before.environments, now.environments),
    ...compare('definition', before.definitions, now.definitions),
    ...compare('freeze window', before.freezes, now.freezes),
  ];
  return changes.length === 0 && order(before) !== order(now)
    ? [`order of environments: ${order(now)}`]
    : changes;
}

function compare<T extends { name: string }>(
  what: string,
  before: readonly T[],
  now: readonly T[],
): string[] {
  const old = new Map(before.map(each => [each.name, each]));
  const names = new Set(now.map(({ name }) => name));
  return [
    ...now.flatMap(each => {
      const known = old.get(each.name);
      if (!known) {
        return [`new ${what} ${each.name}`];
      }
      const fields = changedFields(known, each);
      return fields.length > 0
        ? [`${what} ${each.name}: ${fields.join(', ')}`]
        : [];
    }),
    ...before
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => `${what} ${name} is gone`),
  ];
}

/** Where something stands in its file says nothing about it. */
function changedFields(before: object, now: object): string[] {
  return Object.keys({ ...before, ...now }).filter(
    field =>
      field !== 'source' &&
      !isDeepStrictEqual(Reflect.get(before, field), Reflect.get(now, field)),
  );
}
