import type { FieldHistory, Ownership } from '@slipway/plugin-ownership-common';

/** What history is kept of. */
export interface Told {
  title: string | null;
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  system_ref: string | null;
  ownership: Ownership;
  dependencies: readonly string[];
}

const FIELDS: Record<string, (told: Told) => string | null | undefined> = {
  owner: ({ ownership }) => ownership.owner,
  'owner source': ({ ownership }) => ownership.source,
  'inherited from': ({ ownership }) => ownership.inheritedFrom,
  'technical lead': ({ ownership }) => ownership.roles.technicalLead?.value,
  'on call': ({ ownership }) => ownership.roles.onCall?.value,
  'security contact': ({ ownership }) => ownership.roles.securityContact?.value,
  title: ({ title }) => title,
  description: ({ description }) => description,
  type: ({ type }) => type,
  lifecycle: ({ lifecycle }) => lifecycle,
  system: ({ system_ref: ref }) => ref,
  dependencies: ({ dependencies }) => dependencies.join(', ') || undefined,
};

/** The fields that aren't the same, before and after; one side may be missing altogether. */
export function changesOf(
  before: Told | undefined,
  after: Told | undefined,
): FieldHistory[] {
  return Object.entries(FIELDS).flatMap(([field, valueOf]) => {
    const old = before && (valueOf(before) ?? undefined);
    const now = after && (valueOf(after) ?? undefined);
    return old === now ? [] : [{ field, before: old, after: now }];
  });
}
