import type { FindingKind, OwnershipFinding } from '../findings';

/** Every state of a finding. */
export const FINDING_STATES = ['open', 'snoozed', 'closed'] as const;

/** Whether somebody has to look at a finding. */
export type FindingState = (typeof FINDING_STATES)[number];

/** A finding as a work item. */
export interface Finding extends OwnershipFinding {
  id: string;
  state: FindingState;
  /** What people call the entity. */
  entityTitle: string;
  /** The user reference of who looks after it. */
  assignee?: string;
  /** ISO 8601 in UTC. */
  snoozedUntil?: string;
  snoozeReason?: string;
  /** A user reference. */
  snoozedBy?: string;
  /** ISO 8601 in UTC. */
  openedAt: string;
  /** ISO 8601 in UTC. */
  closedAt?: string;
  closedBecause?: string;
}

/** Which findings are wanted; all left out: all that are open. */
export interface FindingFilter {
  kind?: FindingKind;
  /** A group reference, or `none` for what nobody owns. */
  owner?: string;
  state?: FindingState;
  /** A user reference. */
  assignee?: string;
  cursor?: string;
  limit?: number;
}
