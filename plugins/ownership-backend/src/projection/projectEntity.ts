import {
  type Entity,
  parseEntityRef,
  RELATION_CONSUMES_API,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  deriveOwnership,
  findingsOf,
  fullReference,
  type OwnershipDirectory,
} from '@slipway/plugin-ownership-common';
import {
  ON_CALL_ANNOTATION,
  RESOURCE_ANNOTATION,
  SECURITY_CONTACT_ANNOTATION,
  TECHNICAL_LEAD_ANNOTATION,
} from '@slipway/plugin-platform-common';
import { ingestionProblems } from './ingestionProblems';
import { targets, textOf } from './readOrganisation';
import {
  repositoryOf,
  repositoryReference,
  type RepositorySource,
} from './RepositorySources';
import type { Dependency, ProjectedEntity } from './types';

/** Kinds of what somebody has to own. */
export const OWNED_KINDS = [
  'Component',
  'API',
  'Resource',
  'System',
  'Domain',
] as const;

/** What an entity is held against. */
export interface Surroundings {
  directory: OwnershipDirectory;
  /** By reference. */
  systems: ReadonlyMap<string, Entity>;
  /** By the name of the repository. */
  repositories: ReadonlyMap<string, RepositorySource>;
  /** The names of all rotations. */
  rotations: ReadonlySet<string>;
  now: Date;
}

/** What stands for a rotation among references. */
export function rotationReference(name: string): string {
  return `rotation:default/${name}`;
}

/** The reference of the system that an entity is part of. */
export function systemOf(entity: Entity): string | undefined {
  return targets(entity, RELATION_PART_OF).find(ref =>
    ref.startsWith('system:'),
  );
}

/** Who owns an entity, what is wrong with that, and what the entity needs. */
export function projectEntity(
  entity: Entity,
  { directory, systems, repositories, rotations, now }: Surroundings,
): ProjectedEntity {
  const { metadata, kind, spec } = entity;
  const systemRef = systemOf(entity);
  const system = systemRef ? systems.get(systemRef) : undefined;
  const repository = repositoryOf(entity);
  const derived = deriveOwnership({
    entity,
    system,
    directory,
    rotations,
    ...(repository && repositories.get(repository)),
  });
  const ownership = {
    ...derived,
    problems: [...derived.problems, ...ingestionProblems(entity)],
  };
  return {
    entityRef: ownership.entityRef,
    kind,
    name: metadata.name,
    title: metadata.title,
    description: metadata.description,
    type: textOf(spec?.type),
    lifecycle: textOf(spec?.lifecycle),
    systemRef,
    ownership,
    annotations: Object.fromEntries(
      Object.entries(metadata.annotations ?? {}).filter(([key]) =>
        /^(pagerduty|opsgenie)\.com\//.test(key),
      ),
    ),
    lookedAt: lookedAt(entity, system, systemRef, ownership.owner),
    dependencies: dependenciesOf(entity),
    findings: findingsOf(ownership, directory, { now }),
  };
}

function lookedAt(
  entity: Entity,
  system: Entity | undefined,
  systemRef: string | undefined,
  owner: string | undefined,
): string[] {
  const refs = [entity, system].flatMap(one => {
    const annotations = one?.metadata.annotations ?? {};
    const onCall = annotations[ON_CALL_ANNOTATION]?.trim();
    return [
      fullReference(textOf(one?.spec?.owner) ?? '', 'group'),
      onCall && rotationReference(onCall),
      ...[
        onCall,
        annotations[TECHNICAL_LEAD_ANNOTATION],
        annotations[SECURITY_CONTACT_ANNOTATION],
      ].flatMap(text => [
        fullReference(text?.trim() ?? '', 'user'),
        fullReference(text?.trim() ?? '', 'group'),
      ]),
    ];
  });
  const repository = repositoryOf(entity);
  const from = repository && repositoryReference(repository);
  return [...new Set([...refs, systemRef, owner, from])]
    .flatMap(ref => ref || [])
    .sort();
}

/** Each is told by the entity in whose file it stands, so that it goes when it is taken out there. */
function dependenciesOf(entity: Entity): Dependency[] {
  const self = stringifyEntityRef(entity);
  const origin: Dependency['origin'] = entity.metadata.annotations?.[
    RESOURCE_ANNOTATION
  ]
    ? 'provisioned'
    : 'declared';
  const needs = (dependentRef: string, dependencyRef: string) => ({
    dependentRef,
    dependencyRef,
    origin,
  });
  return [
    ...[
      ...written(entity, 'dependsOn'),
      ...targets(entity, RELATION_CONSUMES_API),
    ].map(ref => needs(self, ref)),
    ...[
      ...written(entity, 'dependencyOf'),
      // An API answers as long as what provides it does.
      ...targets(entity, RELATION_PROVIDES_API),
    ].map(ref => needs(ref, self)),
  ];
}

function written(entity: Entity, field: string): string[] {
  const list = entity.spec?.[field];
  return (Array.isArray(list) ? list : []).flatMap(text => {
    try {
      return stringifyEntityRef(
        parseEntityRef(String(text), {
          defaultNamespace: entity.metadata.namespace,
        }),
      );
    } catch {
      return [];
    }
  });
}
