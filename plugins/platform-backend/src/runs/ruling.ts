import type { RunDecision } from '@slipway/plugin-platform-common';
import type { DecisionRequest } from '@slipway/plugin-platform-node';
import type { WantedApproval } from './Rules';
import type { RunRow } from './store/rows';

/** What the rules are asked about a stored run. */
export function decisionRequest(
  run: RunRow,
  action: DecisionRequest['action'],
  stage: DecisionRequest['stage'],
): DecisionRequest {
  return {
    action,
    stage,
    run: {
      kind: run.kind,
      title: run.title,
      target: run.target,
      owner: run.owner,
      service: run.service ?? undefined,
      environment: run.environment ?? undefined,
      requestedBy: run.acting ?? run.requested_by,
      input: run.input,
      changes: run.changes,
    },
  };
}

/** Approving what a run does is not approving that it is taken back: the two are kept apart by name. */
export function approvalsFor(
  action: DecisionRequest['action'],
  approvals: WantedApproval[],
): WantedApproval[] {
  return action === 'undo'
    ? approvals.map(approval => ({
        ...approval,
        decider: `undo:${approval.decider}`,
      }))
    : approvals;
}

/** Why something is denied, in one line. */
export function denial(decision: RunDecision): string {
  return decision.reasons
    .filter(({ effect }) => effect === 'deny')
    .map(({ message }) => message)
    .join(' ');
}
