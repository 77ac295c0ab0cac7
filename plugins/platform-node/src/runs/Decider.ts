import type { PlannedChange } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { ApproverQuery } from './approvers';

/** What a decider is asked about. Every fact in it was fetched or checked by the server. */
export interface DecisionRequest {
  action: 'start' | 'retry' | 'undo';
  /** `plan`: before the run is stored. `act`: before its first step, and after each wait for people. */
  stage: 'plan' | 'act';
  run: {
    kind: string;
    title: string;
    target: string;
    owner: string;
    service?: string;
    environment?: string;
    requestedBy: string;
    input: JsonObject;
    changes: PlannedChange[];
  };
}

/** What a decider says, in words that the person who asked reads. */
export type Verdict =
  | { effect: 'allow'; reason: string }
  | { effect: 'deny'; reason: string }
  | {
      effect: 'needs-approval';
      reason: string;
      approvers: ApproverQuery[];
      /** Left out: one. */
      quorum?: number;
      /** Left out: seven days. */
      expiresInMs?: number;
    };

/** A rule about what may be done. The strictest of all deciders counts: deny, then needs approval, then allow. */
export interface Decider {
  /** Unique; an approval that was granted counts for the decider that wanted it. */
  id: string;
  /** `undefined` where it has nothing to say. An error counts as deny: what can't be checked isn't done. */
  decide(request: DecisionRequest): Promise<Verdict | undefined>;
}
