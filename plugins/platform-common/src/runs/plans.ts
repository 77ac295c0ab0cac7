import type { ApprovalTerms } from './waits';
import type { RunDecision } from './decisions';
import type { PlannedChange } from './types';

/** What a run would do if it were started now. Nothing is stored, and nothing is promised. */
export interface RunPlan {
  kind: string;
  title: string;
  target: string;
  owner: string;
  service?: string;
  environment?: string;
  steps: Array<{
    id: string;
    title: string;
    dependsOn: string[];
    /** Whether what it does can be taken back. */
    undoable: boolean;
  }>;
  changes: PlannedChange[];
  /** Differs where the changes do: sent with the start, it makes sure that what was shown is what is done. */
  digest: string;
  decision: RunDecision;
  /** The approvals it would wait for. */
  approvals: Array<ApprovalTerms & { reason: string }>;
  /** The run it would wait for, where its target is taken. */
  behind?: { runId: string; title: string };
}

/** What to start or plan. */
export interface StartRunRequest {
  kind: string;
  input: Record<string, unknown>;
  /** The entity reference of the template that asks. */
  goldenPath?: string;
  /** {@link RunPlan.digest} of the plan that was shown: where the plan is another by now, nothing is started. */
  planDigest?: string;
}
