import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/**
 * Turns what a person types (`mara`, or `guests/mara` outside of the default namespace) into an entity reference;
 * `undefined` where that names no user.
 */
export function parseUserName(userName: string): string | undefined {
  try {
    const ref = parseEntityRef(userName.trim(), {
      defaultKind: 'user',
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    return ref.kind.toLocaleLowerCase('en-US') === 'user'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What the person whose entity reference this is types to sign in. */
export function formatUserName(userRef: string): string {
  const { namespace, name } = parseEntityRef(userRef);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}
