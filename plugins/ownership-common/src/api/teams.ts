import type { Page } from '@slipway/plugin-platform-common';
import type { FindingCounts } from './coverage';
import type { OwnedEntity } from './entities';
import type { Finding } from './findings';
import type { OnCallDuty } from './onCall';

/** What a group is called. */
export interface TeamName {
  /** A group reference. */
  team: string;
  title: string;
}

/** A group, and how much it has. */
export interface TeamSummary extends TeamName {
  description?: string;
  /** `team`, `organization`, ... */
  type?: string;
  parent?: string;
  people: number;
  /** How much it owns. */
  entities: number;
  /** How many of its findings are open or snoozed. */
  findings: number;
}

/** Somebody in a team. */
export interface TeamPerson {
  /** A user reference. */
  person: string;
  title: string;
  email?: string;
}

/** A group, with its people and what it owns. */
export interface TeamDetail extends Omit<
  TeamSummary,
  'people' | 'entities' | 'findings' | 'parent'
> {
  people: TeamPerson[];
  /** Its parent, the parent of that, and so on. */
  parents: TeamName[];
  children: TeamName[];
  /** How much it owns, by kind. */
  counts: Record<string, number>;
  findingCounts: FindingCounts;
  /** The first page of what it owns; `listEntities` has the rest. */
  entities: Page<OwnedEntity>;
  /** The first page of its findings that are open; `listFindings` has the rest. */
  findings: Page<Finding>;
  /** Its rotations, and who its annotation names. */
  onCall: OnCallDuty[];
}
