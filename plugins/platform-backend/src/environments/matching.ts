import type {
  ResourceDefinition,
  ResourceMatch,
} from '@slipway/plugin-platform-common';

/** The class of a resource for which none was asked. */
export const DEFAULT_CLASS = 'default';

/**
 * What each key of `match` weighs. Each weighs more than all below it together, so that two definitions with different keys never
 * weigh the same.
 */
const WEIGHTS = {
  id: 32,
  service: 16,
  owner: 8,
  class: 4,
  environment: 2,
  type: 1,
} as const satisfies Record<keyof ResourceDefinition['match'], number>;

type MatchKey = keyof typeof WEIGHTS;

/** The keys that a definition names, the heaviest first. */
export function keysOf({ match }: ResourceDefinition): MatchKey[] {
  return (Object.keys(WEIGHTS) as MatchKey[]).filter(
    key => match[key] !== undefined,
  );
}

/** The sum of the weights of a definition's keys. */
export function specificityOf(definition: ResourceDefinition): number {
  return keysOf(definition).reduce((sum, key) => sum + WEIGHTS[key], 0);
}

/** The keys that keep a definition from matching. */
export function mismatches(
  definition: ResourceDefinition,
  request: ResourceMatch,
): MatchKey[] {
  return keysOf(definition).filter(
    key => definition.match[key] !== request[key],
  );
}

/** The most specific first. */
export function bySpecificity(
  a: ResourceDefinition,
  b: ResourceDefinition,
): number {
  return (
    specificityOf(b) - specificityOf(a) || a.name.localeCompare(b.name, 'en')
  );
}

/**
 * The classes that can be asked for: those that definitions name which match but for the class, and `default` where one of them
 * names none. A definition without a class is for every class that can be asked for, so a mistyped class finds nothing.
 */
export function classesFor(
  definitions: readonly ResourceDefinition[],
  request: Omit<ResourceMatch, 'class'>,
): Set<string> {
  return new Set(
    definitions
      .filter(definition =>
        mismatches(definition, { ...request, class: DEFAULT_CLASS }).every(
          key => key === 'class',
        ),
      )
      .map(({ match }) => match.class ?? DEFAULT_CLASS),
  );
}

/** The definition that makes what is asked for; `undefined` where none does. */
export function findDefinition(
  definitions: readonly ResourceDefinition[],
  request: ResourceMatch,
): ResourceDefinition | undefined {
  if (!classesFor(definitions, request).has(request.class)) {
    return undefined;
  }
  const [winner] = definitions
    .filter(definition => mismatches(definition, request).length === 0)
    .sort(bySpecificity);
  return winner;
}
