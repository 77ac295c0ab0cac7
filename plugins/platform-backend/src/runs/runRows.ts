import type {
  Failure,
  Run,
  RunState,
  RunStep,
  StepState,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';

/** A row of `runs`. */
export interface RunRow {
  id: string;
  kind: string;
  kind_version: number;
  title: string;
  target: string;
  state: RunState;
  priority: number;
  requested_by: string;
  owner: string;
  service: string | null;
  environment: string | null;
  input: JsonObject;
  output: JsonObject | null;
  failure: Failure | null;
  end_handled: boolean;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

/** A row of `run_steps`. */
export interface StepRow {
  run_id: string;
  step_id: string;
  position: number;
  title: string;
  depends_on: string[];
  state: StepState;
  attempt: number;
  tries: number;
  lease_token: string | null;
  output: JsonObject | null;
  failure: Failure | null;
  started_at: Date | null;
  ended_at: Date | null;
}

/** Builds what callers see from a run's rows. */
export function toRun(
  row: RunRow,
  steps: StepRow[],
  queue?: Run['queue'],
): Run {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    target: row.target,
    state: row.state,
    requestedBy: row.requested_by,
    owner: row.owner,
    service: row.service ?? undefined,
    environment: row.environment ?? undefined,
    input: row.input,
    output: row.output ?? undefined,
    failure: row.failure ?? undefined,
    steps: steps.filter(step => step.run_id === row.id).map(toStep),
    queue,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
  };
}

function toStep(row: StepRow): RunStep {
  return {
    id: row.step_id,
    title: row.title,
    dependsOn: row.depends_on,
    state: row.state,
    attempt: row.attempt,
    startedAt: row.started_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
    output: row.output ?? undefined,
    failure: row.failure ?? undefined,
  };
}
