import {
  type Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type {
  DirectoryUser,
  OwnershipDirectory,
} from '@slipway/plugin-ownership-common';
import { LAST_ACTIVE_ANNOTATION } from '@slipway/plugin-platform-common';
import type { Organisation } from './types';

/** The groups and people among entities. Members that aren't among them are left out. */
export function readOrganisation(entities: readonly Entity[]): Organisation {
  const people = entities
    .filter(({ kind }) => kind === 'User')
    .map(user => ({
      userRef: stringifyEntityRef(user),
      title: titleOf(user),
      email: profileOf(user).email,
      lastActiveAt: momentOf(
        user.metadata.annotations?.[LAST_ACTIVE_ANNOTATION],
      ),
    }));
  const known = new Set(people.map(({ userRef }) => userRef));
  const teams = entities
    .filter(({ kind }) => kind === 'Group')
    .map(group => ({
      groupRef: stringifyEntityRef(group),
      title: titleOf(group),
      description: group.metadata.description,
      type: textOf(group.spec?.type),
      parentRef: targets(group, RELATION_CHILD_OF)[0],
      annotations: group.metadata.annotations ?? {},
      members: [
        ...new Set(
          targets(group, RELATION_HAS_MEMBER).filter(ref => known.has(ref)),
        ),
      ].sort(),
    }));
  return { teams, people };
}

/** Who there is, as the rules want it. */
export function directoryOf({
  teams,
  people,
}: Organisation): OwnershipDirectory {
  const users = new Map<string, DirectoryUser & { groups: string[] }>(
    people.map(({ userRef, email, lastActiveAt }) => [
      userRef,
      { groups: [], email, lastActiveAt },
    ]),
  );
  for (const { groupRef, members } of teams) {
    members.forEach(member => users.get(member)?.groups.push(groupRef));
  }
  return {
    users,
    groups: new Map(
      teams.map(({ groupRef, members, annotations }) => [
        groupRef,
        { members, annotations },
      ]),
    ),
  };
}

/** The references of what an entity is related to in a way. */
export function targets(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => stringifyEntityRef(parseEntityRef(targetRef)));
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function titleOf(entity: Entity): string {
  return (
    profileOf(entity).displayName ??
    entity.metadata.title ??
    entity.metadata.name
  );
}

function profileOf(entity: Entity): { displayName?: string; email?: string } {
  const profile = entity.spec?.profile;
  if (
    typeof profile !== 'object' ||
    profile === null ||
    Array.isArray(profile)
  ) {
    return {};
  }
  return {
    displayName: textOf(profile.displayName),
    email: textOf(profile.email),
  };
}

function momentOf(text: string | undefined): string | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
