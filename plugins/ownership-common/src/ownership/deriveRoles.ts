import {
  ON_CALL_ANNOTATION,
  SECURITY_CONTACT_ANNOTATION,
  TECHNICAL_LEAD_ANNOTATION,
} from '@slipway/plugin-platform-common';
import { fullReference, type OwnershipDirectory } from '../directory';
import type { OwnershipProblem, OwnershipRoles, RoleHolder } from './types';

/** Something whose annotations name roles. */
export interface RoleOrigin {
  /** Left out for the entity itself. */
  inheritedFrom?: string;
  annotations: Readonly<Record<string, string>>;
}

const ROLES: ReadonlyArray<{
  role: keyof OwnershipRoles;
  annotation: string;
  kinds: ReadonlyArray<RoleHolder['kind']>;
}> = [
  {
    role: 'technicalLead',
    annotation: TECHNICAL_LEAD_ANNOTATION,
    kinds: ['person'],
  },
  {
    role: 'onCall',
    annotation: ON_CALL_ANNOTATION,
    kinds: ['rotation', 'person'],
  },
  {
    role: 'securityContact',
    annotation: SECURITY_CONTACT_ANNOTATION,
    kinds: ['email', 'person', 'group'],
  },
];

const RIGHT: Record<RoleHolder['kind'], string> = {
  person: 'a person (user:default/name)',
  group: 'a group (group:default/name)',
  rotation: 'a rotation',
  email: 'an email address',
};

/**
 * Who has which role: the first of the origins that names somebody who is there decides. What leads nowhere is skipped and is a
 * problem.
 *
 * @param origins - the entity, its system, the owning group
 * @param rotations - the names of all rotations
 */
export function deriveRoles(
  origins: readonly RoleOrigin[],
  directory: OwnershipDirectory,
  rotations: ReadonlySet<string>,
): { roles: OwnershipRoles; problems: OwnershipProblem[] } {
  const roles: OwnershipRoles = {};
  const problems: OwnershipProblem[] = [];
  for (const { role, annotation, kinds } of ROLES) {
    for (const { inheritedFrom, annotations } of origins) {
      const written = annotations[annotation]?.trim();
      if (!written || roles[role]) {
        continue;
      }
      const holder = kinds
        .map(kind => holderOf(kind, written, directory, rotations))
        .find(one => one !== undefined);
      if (holder) {
        roles[role] = { ...holder, ...(inheritedFrom && { inheritedFrom }) };
      } else {
        problems.push({
          code: 'role-unknown',
          ...(inheritedFrom && { inheritedFrom }),
          message: `${inheritedFrom ?? 'The entity'} has ${annotation}: ${written}, and that is not there. Name ${kinds.map(kind => RIGHT[kind]).join(' or ')}.`,
        });
      }
    }
  }
  return { roles, problems };
}

function holderOf(
  kind: RoleHolder['kind'],
  written: string,
  { users, groups }: OwnershipDirectory,
  rotations: ReadonlySet<string>,
): RoleHolder | undefined {
  switch (kind) {
    case 'email':
      return /^[^\s@:/]+@[^\s@:/]+$/.test(written)
        ? { kind, value: written }
        : undefined;
    case 'rotation':
      return rotations.has(written) ? { kind, value: written } : undefined;
    default: {
      const value = fullReference(written, kind === 'person' ? 'user' : kind);
      const isThere =
        value !== undefined &&
        (kind === 'person' ? users.has(value) : groups.has(value));
      return isThere ? { kind, value } : undefined;
    }
  }
}
