import type { FindingKind } from '../findings';

/** How many entities have a finding of each kind that isn't closed. */
export type FindingCounts = Record<FindingKind, number>;

/** How much is owned. */
export interface CoverageCounts {
  entities: number;
  /** Those whose owner is there and has members. */
  owned: number;
  findings: FindingCounts;
}

/** How much was owned on a day, when it was counted last. */
export interface CoverageDay extends CoverageCounts {
  /** `2026-11-26`, in UTC. */
  day: string;
}

/** What is wrong with what a team owns. */
export interface TeamGap {
  /** A group reference; left out for what nobody owns. */
  team?: string;
  /** What people call it. */
  title: string;
  entities: number;
  findings: FindingCounts;
}

/** How much is owned now, and how that came. */
export interface OwnershipCoverage extends CoverageCounts {
  /** Up to 90 days, the oldest first; the last one is today. */
  trend: CoverageDay[];
  /** The teams with the most findings, the most first; at most 20. */
  gaps: TeamGap[];
}
