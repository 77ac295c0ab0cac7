import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** A reference in full and in lower case, `user:default/mara` of `Mara`; `undefined` where it is none. */
export function fullReference(
  text: string,
  defaultKind: 'user' | 'group',
): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind }));
  } catch {
    return undefined;
  }
}
