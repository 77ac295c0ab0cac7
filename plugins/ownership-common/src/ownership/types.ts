/** Where an owner is known from, the one that counts most first. */
export type OwnerSource = 'entity' | 'system' | 'codeowners' | 'activity';

/** An owner that one of the sources names. */
export interface OwnerCandidate {
  source: OwnerSource;
  /** A group reference. */
  owner: string;
  /** A sentence that says where it stands, or what it was counted from. */
  evidence: string;
}

/** What is wrong with what the sources say. */
export interface OwnershipProblem {
  code:
    | 'owner-unknown'
    | 'owner-is-person'
    | 'owner-ambiguous'
    | 'sources-disagree'
    | 'role-unknown'
    | 'ingestion';
  /** The source that says it; left out where it isn't one alone. */
  source?: OwnerSource;
  /** What it is written at, where that isn't the entity itself. */
  inheritedFrom?: string;
  /** What is wrong, and what would be right. */
  message: string;
}

/** Who has a role. */
export interface RoleHolder {
  kind: 'person' | 'group' | 'rotation' | 'email';
  /** A reference, the name of a rotation, or an email address. */
  value: string;
  /** The reference of the system or group that says so; left out where the entity does itself. */
  inheritedFrom?: string;
}

/** Who has which role for an entity. */
export interface OwnershipRoles {
  technicalLead?: RoleHolder;
  onCall?: RoleHolder;
  securityContact?: RoleHolder;
}

/** Who owns an entity, and how that is known. */
export interface Ownership {
  entityRef: string;
  /** A group reference that the directory has; left out where no source names one. */
  owner?: string;
  source?: OwnerSource;
  /** The reference of the system that the owner comes from. */
  inheritedFrom?: string;
  roles: OwnershipRoles;
  /** At most one a source, in their order. */
  candidates: OwnerCandidate[];
  problems: OwnershipProblem[];
}

/** What somebody did to the repository of an entity within the time that is looked at. */
export interface RepositoryActivity {
  /** A user reference. */
  person: string;
  /** How many changes of theirs were merged. */
  changes: number;
}
