import type { FindingKind } from '../findings';
import type { OnCallLink } from '../links';
import type {
  OwnerCandidate,
  OwnershipProblem,
  OwnershipRoles,
  OwnerSource,
} from '../ownership';
import type { Finding } from './findings';
import type { OnCallDuty } from './onCall';

/** An entity, and who owns it, as lists show it. */
export interface OwnedEntity {
  entityRef: string;
  kind: string;
  name: string;
  title?: string;
  description?: string;
  type?: string;
  lifecycle?: string;
  /** The reference of the system that it is part of. */
  system?: string;
  /** A group reference; left out where nobody owns it. */
  owner?: string;
  /** What people call the owner. */
  ownerTitle?: string;
  source?: OwnerSource;
  /** The reference of the system that the owner comes from. */
  inheritedFrom?: string;
  /** The kinds of its findings that are open or snoozed. */
  findings: FindingKind[];
  /** ISO 8601 in UTC; left out where the catalog still has it. */
  goneAt?: string;
}

/** Everything that is known of who owns an entity. */
export interface EntityOwnership extends Omit<OwnedEntity, 'findings'> {
  roles: OwnershipRoles;
  /** At most one a source, the one that counts most first. */
  candidates: OwnerCandidate[];
  problems: OwnershipProblem[];
  /** Left out where nobody is named. */
  onCall?: OnCallDuty;
  /** Those that are open or snoozed. */
  findings: Finding[];
  links: OnCallLink[];
  /** The transfer that it is part of and that isn't over. */
  transferId?: string;
  /** When its owner, or what the catalog says of it, changed last. ISO 8601 in UTC. */
  changedAt: string;
}

/** Which entities are wanted; all left out: all that aren't gone. */
export interface EntityFilter {
  /** Beginnings of words of its name or title, or of the name of its owner. */
  q?: string;
  /** A group reference, or `none` for what nobody owns. */
  owner?: string;
  kind?: string;
  /** Those with an open finding of this kind. */
  finding?: FindingKind;
  cursor?: string;
  limit?: number;
}
