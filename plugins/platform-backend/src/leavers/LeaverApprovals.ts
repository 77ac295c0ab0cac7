import type { ApprovalTerms } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** An approval that waits, and that somebody who left might have decided. */
export interface WaitingApproval {
  id: string;
  approvers: string[];
  quorum: number;
  /** Who asked for it. */
  asked_by: string;
  /** The group reference of who owns the run. */
  owner: string;
}

/** The approvals that somebody who left might have decided. */
export class LeaverApprovals {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param refs - the person, and the teams they were in */
  async waitingFor(refs: readonly string[]): Promise<WaitingApproval[]> {
    return this.#knex('run_waits as w')
      .join('runs as r', 'r.id', 'w.run_id')
      .where({ 'w.kind': 'approval', 'w.state': 'open' })
      .whereRaw('w.approvers && ?::text[]', [[...refs]])
      .orderBy('w.id')
      .select('w.id', 'w.approvers', 'w.quorum', 'w.asked_by', 'r.owner');
  }

  /**
   * Lets others approve, and has them told. Answers whether it was still as it was read; where it is not, somebody has decided, or
   * others were asked meanwhile.
   */
  async reroute(
    { id, approvers }: WaitingApproval,
    terms: Pick<ApprovalTerms, 'approvers' | 'approversText'>,
  ): Promise<boolean> {
    const count = await this.#knex('run_waits')
      .where({ id, state: 'open' })
      .whereRaw('approvers = ?::text[]', [approvers])
      .update({
        approvers: terms.approvers,
        approvers_text: terms.approversText,
        announced: false,
      });
    return count > 0;
  }
}
