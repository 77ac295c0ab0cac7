import type {
  DecisionReason,
  Failure,
  PlannedChange,
  RunActivity,
  RunDecision,
  RunState,
  StepState,
  WaitKind,
  WaitState,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';

/** A row of `runs`. Big integers arrive as strings. */
export interface RunRow {
  id: string;
  kind: string;
  kind_version: number;
  title: string;
  target: string;
  state: RunState;
  phase: 'do' | 'undo';
  holds_target: boolean;
  priority: number;
  requested_by: string;
  /** Who retried or undid it last; `null`: the one who asked for it. */
  acting: string | null;
  owner: string;
  service: string | null;
  environment: string | null;
  golden_path: string | null;
  input: JsonObject;
  output: JsonObject | null;
  failure: Failure | null;
  changes: PlannedChange[];
  checked_at: Date | null;
  has_secrets: boolean;
  given_up_by: string | null;
  given_up_at: Date | null;
  activity: RunActivity | 'none';
  activity_since: Date;
  people_ms: string;
  queue_ms: string;
  machines_ms: string;
  work_ms: string;
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
  undoes: string | null;
  /** Whether what it does can be taken back. */
  undoable: boolean;
  state: StepState;
  attempt: number;
  tries: number;
  not_before: Date | null;
  lease_token: string | null;
  output: JsonObject | null;
  failure: Failure | null;
  remains: string[] | null;
  waits_for: 'people' | 'machines' | null;
  resumed_by: string | null;
  started_at: Date | null;
  ended_at: Date | null;
}

/** A row of `run_waits`. */
export interface WaitRow {
  id: string;
  run_id: string;
  step_id: string | null;
  name: string;
  kind: WaitKind;
  state: WaitState;
  waits_for: 'people' | 'machines';
  reason: string;
  event_key: string | null;
  due_at: Date | null;
  asked_by: string | null;
  approvers: string[] | null;
  approvers_text: string | null;
  quorum: number | null;
  payload: JsonObject | null;
  announced: boolean;
  end_announced: boolean;
  created_at: Date;
  ended_at: Date | null;
}

/** A row of `run_votes`. */
export interface VoteRow {
  wait_id: string;
  person: string;
  verdict: 'approved' | 'rejected';
  comment: string | null;
  at: Date;
}

/** A row of `run_decisions`. */
export interface DecisionRow {
  run_id: string;
  stage: RunDecision['stage'];
  effect: RunDecision['effect'];
  reasons: DecisionReason[];
  at: Date;
}
