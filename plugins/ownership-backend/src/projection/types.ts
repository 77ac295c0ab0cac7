import type {
  DependencyOrigin,
  Ownership,
  OwnershipFinding,
} from '@slipway/plugin-ownership-common';

/** An entity as the projection keeps it. */
export interface ProjectedEntity {
  entityRef: string;
  kind: string;
  name: string;
  title?: string;
  description?: string;
  type?: string;
  lifecycle?: string;
  systemRef?: string;
  ownership: Ownership;
  /** Those that lead to pages about on-call. */
  annotations: Record<string, string>;
  /** References that decided about the owner and the roles: where one of them changes, the entity is looked at anew. */
  lookedAt: string[];
  dependencies: Dependency[];
  findings: OwnershipFinding[];
}

/** One needs the other, as an entity says. */
export interface Dependency {
  dependentRef: string;
  dependencyRef: string;
  origin: DependencyOrigin;
}

/** A group of the catalog. */
export interface Team {
  groupRef: string;
  title: string;
  description?: string;
  type?: string;
  parentRef?: string;
  annotations: Record<string, string>;
  /** User references, of people who are there. */
  members: string[];
}

/** A user of the catalog. */
export interface Person {
  userRef: string;
  title: string;
  email?: string;
  /** ISO 8601. */
  lastActiveAt?: string;
}

/** All groups and people of the catalog. */
export interface Organisation {
  teams: Team[];
  people: Person[];
}
