import type { RunTimes } from './types';

export const LEDGER_GROUPS = [
  'owner',
  'environment',
  'goldenPath',
  'kind',
] as const;
export type LedgerGroup = (typeof LEDGER_GROUPS)[number];

/** The wait ledger of the runs that ended in a period, for one team, environment, golden path or kind. */
export interface LedgerRow {
  /** What the runs have in common; missing where they have none. */
  key?: string;
  runs: number;
  /** Runs that waited for no person. */
  withoutPeople: number;
  /** Sums, in milliseconds. */
  total: RunTimes;
  /** Medians, in milliseconds. */
  median: RunTimes;
}

/** Where the time of runs went: waiting for people, in the queue, for machines, or at work. */
export interface WaitLedger {
  /** How many days back it looks. */
  days: number;
  all: LedgerRow;
  groupedBy: LedgerGroup;
  groups: LedgerRow[];
}
