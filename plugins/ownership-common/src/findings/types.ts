/** Every kind of finding. */
export const FINDING_KINDS = [
  'orphan',
  'stale',
  'single-point',
  'conflict',
  'vacant-role',
  'ingestion',
] as const;

/** What is wrong with how an entity is owned. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something about the ownership of an entity that somebody has to look at. */
export interface OwnershipFinding {
  /** The same as long as it is about the same: `component:default/payments-api orphan`. */
  key: string;
  kind: FindingKind;
  severity: 'high' | 'medium' | 'low';
  entityRef: string;
  /** The owner that it is about, a group reference; left out where there is none. */
  owner?: string;
  /** Sentences. */
  evidence: string[];
  /** Who may own it instead, and why. */
  suggestion?: { owner: string; reason: string };
}
