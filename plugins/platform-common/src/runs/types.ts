import type { JsonObject } from '@backstage/types';
import type { Failure } from '../errors';

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
  state: StepState;
  /** How many times it was started, counting the one under way. */
  attempt: number;
  startedAt?: string;
  endedAt?: string;
  output?: JsonObject;
  failure?: Failure;
}

/** One durable operation: a pipeline, a deployment. Times are ISO 8601 in UTC. */
export interface Run {
  id: string;
  kind: string;
  title: string;
  /** What it acts on; at most one run acts on a target at a time. */
  target: string;
  state: RunState;
  /** The entity reference of the person or service that asked for it. */
  requestedBy: string;
  /** The entity reference of the team it belongs to. */
  owner: string;
  service?: string;
  environment?: string;
  input: JsonObject;
  output?: JsonObject;
  failure?: Failure;
  steps: RunStep[];
  /** Where it stands while another run holds its target: 1 is next. */
  queue?: { place: number; behindRunId: string };
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
  kind?: string;
  service?: string;
  environment?: string;
  requestedBy?: string;
  owner?: string[];
}

/** One page of a list; `nextCursor` is there as long as there is more. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}
