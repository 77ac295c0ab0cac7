import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** A reference in full. Throws `InputError` that names the field where it is none. */
export function entityReference(
  text: string,
  field: string,
  defaultKind = 'component',
): string {
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind }));
  } catch {
    throw new InputError(
      `${field}: "${text}" is no entity reference. Write ${defaultKind}:default/name.`,
    );
  }
}

/** The same, of a group. */
export function groupReference(text: string, field: string): string {
  return referenceOf('group', text, field);
}

/** The same, of a user. */
export function userReference(text: string, field: string): string {
  return referenceOf('user', text, field);
}

function referenceOf(kind: string, text: string, field: string): string {
  const reference = entityReference(text, field, kind);
  if (!reference.startsWith(`${kind}:`)) {
    throw new InputError(
      `${field}: "${text}" is no ${kind}. Write ${kind}:default/name.`,
    );
  }
  return reference;
}
