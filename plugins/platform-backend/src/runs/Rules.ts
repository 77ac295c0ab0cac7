import type {
  ApprovalTerms,
  RunDecision,
} from '@slipway/plugin-platform-common';
import type {
  ApproverQuery,
  DecisionRequest,
} from '@slipway/plugin-platform-node';

/** An approval that the rules want. */
export interface WantedApproval {
  /** Who wants it; an approval granted under this name counts when the rules are asked again. */
  decider: string;
  reason: string;
  /** The entity reference of the person who asks, and so never approves. */
  askedBy: string;
  terms: ApprovalTerms;
  expiresInMs: number;
}

/** What all deciders together say. */
export interface Ruling {
  decision: RunDecision;
  /** All approvals wanted, where the effect is `needs-approval`; whether they were granted is for the asker to know. */
  approvals: WantedApproval[];
  /** Denied only because a rule could not be asked: a moment later it may be decided otherwise. */
  isUndecided?: boolean;
}

/** The rules as the run engine sees them. */
export interface Rules {
  decide(request: DecisionRequest): Promise<Ruling>;
  /** Who may approve, as of now. Throws `ConflictError` where the query finds nobody but the one who asked. */
  resolveApprovers(
    approvers: ApproverQuery[],
    quorum: number,
    run: { owner: string; requestedBy: string },
  ): Promise<ApprovalTerms>;
}
