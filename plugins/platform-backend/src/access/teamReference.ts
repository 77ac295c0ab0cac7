import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';

/**
 * A team by its entity reference, which may be shortened.
 *
 * @param owned - what it owns, as people call it: `a service`
 */
export function teamReference(owned: string) {
  return z.string().transform((value, context) => {
    const ref = groupRef(value);
    if (!ref) {
      context.addIssue({
        code: 'custom',
        message: `"${value}" can't own ${owned}. Name a team, for example "group:default/payments".`,
      });
      return z.NEVER;
    }
    return ref;
  });
}

function groupRef(value: string): string | undefined {
  try {
    const ref = parseEntityRef(value, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return ref.kind.toLowerCase() === 'group'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}
