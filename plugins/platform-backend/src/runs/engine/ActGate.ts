import { OperationFailedError } from '@slipway/plugin-platform-node';
import type { RunDecision } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { Rules, WantedApproval } from '../Rules';
import { approvalsFor, decisionRequest, denial } from '../ruling';
import { grantedApprovals, recordDecision } from '../store/decisions';
import { letAct } from '../store/endAttempt';
import type { StepLease } from '../store/RunChange';

/** What the gate says: go on, the step was put back, or these approvals are missing. */
export type GateResult =
  'open' | 'put back' | { decision: RunDecision; missing: WantedApproval[] };

/**
 * Asks the rules again before a run acts: what held when it was planned may not hold any more. A run passes once for each
 * start and each wait for people.
 */
export class ActGate {
  readonly #knex: Knex;
  readonly #rules: Rules;

  constructor(knex: Knex, rules: Rules) {
    this.#knex = knex;
    this.#rules = rules;
  }

  /** Throws `OperationFailedError` where the rules deny it. */
  async pass(lease: StepLease): Promise<GateResult> {
    const { run } = lease;
    if (run.checked_at) {
      return 'open';
    }
    const action = run.phase === 'undo' ? 'undo' : 'start';
    const { decision, approvals } = await this.#rules.decide(
      decisionRequest(run, action, 'act'),
    );
    if (decision.effect === 'deny') {
      await this.#knex.transaction(trx =>
        recordDecision(trx, run.id, decision),
      );
      throw new OperationFailedError({
        message: `The rules don't allow this any more: ${denial(decision)}`,
        hint: 'Put right what it names, then retry.',
      });
    }
    return this.#knex.transaction(async trx => {
      if (decision.effect === 'needs-approval') {
        const granted = await grantedApprovals(trx, run.id);
        const missing = approvalsFor(action, approvals).filter(
          ({ decider }) => !granted.has(decider),
        );
        if (missing.length > 0) {
          return { decision, missing };
        }
      }
      if (!(await letAct(trx, lease))) {
        return 'put back';
      }
      await recordDecision(trx, run.id, decision);
      return 'open';
    });
  }
}
