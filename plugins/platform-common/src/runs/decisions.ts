export type DecisionEffect = 'allow' | 'needs-approval' | 'deny';

/** What one decider said. */
export interface DecisionReason {
  /** The decider: `ownership`. */
  decider: string;
  effect: DecisionEffect;
  /** In words the person who asked reads. */
  message: string;
}

/** What the rules said about a run, at one moment: the strictest effect, with every reason. */
export interface RunDecision {
  /** When it was asked: as the run was planned, or again before it acted. */
  stage: 'plan' | 'act';
  effect: DecisionEffect;
  reasons: DecisionReason[];
  at: string;
}
