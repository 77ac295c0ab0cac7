import type { JsonObject } from '@backstage/types';
import type { WaitResult } from '@slipway/plugin-platform-node';
import type { RunRow } from './rows';

/** A step that its holder may execute, until the lease runs out. */
export interface StepLease {
  run: RunRow;
  stepId: string;
  /** The step that this one takes back. */
  undoes?: string;
  token: string;
  attempt: number;
  /** Failed tries so far. */
  tries: number;
  /** The outputs of the steps that have one. */
  outputs: Record<string, JsonObject>;
  /** How the wait ended that the step returned before. */
  resumed?: WaitResult;
}

/** A step that may start, and from when. */
export interface ReadyStep {
  runId: string;
  stepId: string;
  delayMs: number;
}

/** How many steps an engine can begin with at once, in the transaction that makes them ready. */
export interface Claim {
  /** The engine. */
  holder: string;
  leaseMs: number;
  free: number;
}

/** What those who watch a run need to know of it. */
export type RunHead = Pick<
  RunRow,
  'id' | 'kind' | 'state' | 'target' | 'service' | 'environment'
>;

/** What follows from a change, for engines and watchers. */
export interface RunChange {
  run: RunHead;
  /** Steps to announce to all engines, in the same transaction. */
  ready: ReadyStep[];
  /** Steps that the claiming engine holds when the transaction commits. */
  leases: StepLease[];
  /** Whether a queued run may start on the target now. */
  freed: boolean;
  ended: boolean;
}

/** A change of the run itself and nothing else. */
export function changeOf(
  run: RunHead,
  more: Partial<RunChange> = {},
): RunChange {
  return { run, ready: [], leases: [], freed: false, ended: false, ...more };
}
