import type {
  OwnedEntity,
  OwnerSource,
} from '@slipway/plugin-ownership-common';

/** Where an owner is known from, in words. */
export const SOURCE_WORDS: Record<OwnerSource, string> = {
  entity: 'its entity file',
  system: 'its system',
  codeowners: 'CODEOWNERS',
  activity: 'who works on it',
};

/** Where the owner of an entity is known from, and whether it is inherited; empty where nobody owns it. */
export function sourceText(
  entity: Pick<OwnedEntity, 'source' | 'inheritedFrom'>,
): string {
  const { source, inheritedFrom } = entity;
  if (!source) {
    return '';
  }
  return inheritedFrom
    ? `inherited from ${SOURCE_WORDS[source]}`
    : SOURCE_WORDS[source];
}
