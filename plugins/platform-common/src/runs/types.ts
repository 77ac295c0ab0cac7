import type { JsonObject } from '@backstage/types';
import type { Failure } from '../errors';
import type { CommitSummary } from '../repositories/types';
import type { FieldChange } from '../resources/types';
import type { RunDecision } from './decisions';
import type { RunWait } from './waits';

/** Every state a run can be in; the transitions between them are `RUN_TRANSITIONS` in the engine. */
export const RUN_STATES = [
  'planned',
  'waiting',
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelling',
  'cancelled',
  'undoing',
  'undone',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The states in which a run does nothing more by itself. */
export const FINAL_RUN_STATES: readonly RunState[] = [
  'succeeded',
  'failed',
  'cancelled',
  'undone',
];

/** Tells whether a run in this state has ended. */
export function isFinalRunState(state: RunState): boolean {
  return FINAL_RUN_STATES.includes(state);
}

export const STEP_STATES = [
  'pending',
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
] as const;
export type StepState = (typeof STEP_STATES)[number];

/** One checkpointed part of a run. */
export interface RunStep {
  id: string;
  title: string;
  /** Ids of the steps that must have succeeded first. */
  dependsOn: string[];
  /** The step that this one takes back; set on the steps of an undo only. */
  undoes?: string;
  /** Whether what it does can be taken back. */
  undoable: boolean;
  state: StepState;
  /** How many times it was started, counting the one under way. */
  attempt: number;
  startedAt?: string;
  endedAt?: string;
  output?: JsonObject;
  failure?: Failure;
}

/** What a run is doing at a time; the time spent in each is its wait ledger. */
export const RUN_ACTIVITIES = ['people', 'queue', 'machines', 'work'] as const;
export type RunActivity = (typeof RUN_ACTIVITIES)[number];

/** How long a run waited for people, in the queue and for machines, and how long it worked; milliseconds. */
export type RunTimes = Record<RunActivity, number>;

/** One thing a run would change. */
export interface PlannedChange {
  action: 'create' | 'change' | 'replace' | 'remove' | 'keep';
  /** What it is, as people call it: `database orders in dev`. */
  what: string;
  detail?: string;
  /** What changes in it, field by field. */
  fields?: FieldChange[];
  /** Set where data would be lost: what would be lost, in words. */
  dataLoss?: string;
  commits?: PlannedCommits;
}

/** Commits that a change brings, or takes back. */
export interface PlannedCommits {
  direction: 'forward' | 'back';
  repository: string;
  /** Newest first, at most 20. */
  items: CommitSummary[];
  total: number;
}

/** Something a step made, or may have made, that is still there. */
export interface Remains {
  stepId: string;
  /** What it is, as people call it: `repository orders`. */
  what: string;
  /** Whether it is certain to be there: no, where the step did not end well. */
  certain: boolean;
}

/** One durable operation: a pipeline, a deployment. Times are ISO 8601 in UTC. */
export interface Run {
  id: string;
  kind: string;
  kindVersion: number;
  title: string;
  /** What it acts on; at most one run acts on a target at a time. */
  target: string;
  state: RunState;
  /** Whether it is about doing its steps, or about taking them back. */
  phase: 'do' | 'undo';
  /** Higher goes first among those in line for a target. */
  priority: number;
  /** The entity reference of the person or service that asked for it. */
  requestedBy: string;
  /** The entity reference of the team it belongs to. */
  owner: string;
  service?: string;
  environment?: string;
  /** The entity reference of the template it came from. */
  goldenPath?: string;
  input: JsonObject;
  output?: JsonObject;
  failure?: Failure;
  /** What it would change, as planned. */
  changes: PlannedChange[];
  /** The latest verdict of the rules. */
  decision?: RunDecision;
  steps: RunStep[];
  /** Everything it has waited for and waits for now, the oldest first. */
  waits: RunWait[];
  /** What it is doing now, since when; missing once it has ended. */
  activity?: { name: RunActivity; since: string };
  /** Its wait ledger up to the beginning of what it is doing now. */
  times: RunTimes;
  /** What it made and has not taken back. */
  remains: Remains[];
  /** Set when somebody decided not to go on with it. */
  givenUp?: { by: string; at: string };
  /** Where it stands while another run holds its target: 1 is next. */
  queue?: { place: number; behindRunId: string; behindTitle: string };
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
}

/** One line of a run's log. */
export interface RunLogLine {
  /** Rises by one a line within a run. */
  sequence: number;
  stepId: string;
  at: string;
  text: string;
}

/** What to list; everything left out is not filtered by. */
export interface RunFilter {
  state?: RunState[];
  /** What it is doing now: `people` finds what waits for somebody. */
  activity?: RunActivity;
  kind?: string;
  service?: string;
  environment?: string;
  requestedBy?: string;
  owner?: string[];
  target?: string;
}

/** One page of a list; `nextCursor` is there as long as there is more. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}
