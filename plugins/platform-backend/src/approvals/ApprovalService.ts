import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Approval, Page, Vote } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { type Caller, nameOf } from '../access';
import type { RunEvents, RunSecrets, RunWaits, WaitEnd } from '../runs';
import type {
  ApprovalFilter,
  ApprovalStore,
  StoredApproval,
} from './ApprovalStore';
import { objection } from './objection';

/** The longest comment, in characters. */
const MOST_COMMENT = 2_000;

/**
 * What people do with approvals. Who may decide is looked at in the transaction that ends the wait, with the run and the wait
 * locked: however many decide at once, there is one outcome.
 */
export class ApprovalService {
  readonly #store: ApprovalStore;
  readonly #waits: Pick<RunWaits, 'endWait'>;
  readonly #events: Pick<RunEvents, 'publish' | 'touched'>;
  readonly #secrets: Pick<RunSecrets, 'redactor'>;

  constructor(options: {
    store: ApprovalStore;
    waits: Pick<RunWaits, 'endWait'>;
    events: Pick<RunEvents, 'publish' | 'touched'>;
    secrets: Pick<RunSecrets, 'redactor'>;
  }) {
    this.#store = options.store;
    this.#waits = options.waits;
    this.#events = options.events;
    this.#secrets = options.secrets;
  }

  /** One page of approvals, newest first. */
  async list(
    filter: ApprovalFilter,
    caller: Caller,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Approval>> {
    const { items, nextCursor } = await this.#store.list(filter, caller, page);
    return { items: items.map(item => shownTo(caller, item)), nextCursor };
  }

  /** Throws `NotFoundError` where there is no such approval. */
  async get(id: string, caller: Caller): Promise<Approval> {
    return shownTo(caller, await this.#get(id));
  }

  /**
   * Says yes; the last of the quorum lets the run go on. Throws `NotAllowedError` where the caller asked for it or is no approver, and
   * `ConflictError` where it has ended or the caller has voted.
   */
  approve(id: string, caller: Caller, comment?: string): Promise<Approval> {
    return this.#decide(id, caller, 'approved', comment);
  }

  /** Says no, which ends it. Throws as {@link ApprovalService.approve} does. */
  reject(id: string, caller: Caller, comment?: string): Promise<Approval> {
    return this.#decide(id, caller, 'rejected', comment);
  }

  async #decide(
    id: string,
    caller: Caller,
    verdict: Vote['verdict'],
    comment: string | undefined,
  ): Promise<Approval> {
    const said = checkComment(comment);
    await this.#get(id);
    try {
      await this.#waits.endWait(id, trx =>
        this.#vote(trx, id, caller, verdict, said),
      );
    } catch (error) {
      throw await this.#explained(error, id, caller);
    }
    const approval = await this.#get(id);
    this.#events.touched(approval.run_id);
    this.#events.publish({
      type: 'approval',
      approvalId: id,
      runId: approval.run_id,
      state: approval.state,
    });
    return shownTo(caller, approval);
  }

  async #vote(
    trx: Knex.Transaction,
    id: string,
    caller: Caller,
    verdict: Vote['verdict'],
    said: string | undefined,
  ): Promise<WaitEnd | undefined> {
    const approval = await this.#get(id, trx);
    const error = objection(approval, caller);
    if (error) {
      throw error;
    }
    const redactor = await this.#secrets.redactor(approval.run_id, trx);
    const comment = said && redactor.text(said);
    const { userRef } = caller;
    await this.#store.addVote(trx, id, { person: userRef, verdict, comment });
    const person = nameOf(userRef);
    if (verdict === 'rejected') {
      return {
        state: 'rejected',
        failure: {
          message: `${person} rejected this${comment ? `: ${comment}` : '.'}`,
          hint: `Talk to ${person}, then retry it to ask again.`,
        },
      };
    }
    const approvedBy = [...approval.votes.map(vote => vote.person), userRef];
    return approvedBy.length >= approval.quorum
      ? { state: 'resumed', payload: { approvedBy } }
      : undefined;
  }

  /** Whoever comes second is told how it ended, and by whom. */
  async #explained(
    error: unknown,
    id: string,
    caller: Caller,
  ): Promise<unknown> {
    if (!(error instanceof ConflictError)) {
      return error;
    }
    const approval = await this.#get(id);
    return (approval.state !== 'open' && objection(approval, caller)) || error;
  }

  async #get(id: string, trx?: Knex.Transaction): Promise<StoredApproval> {
    const approval = await this.#store.find(id, trx);
    if (!approval) {
      throw new NotFoundError(`There is no approval ${id}.`);
    }
    return approval;
  }
}

function checkComment(comment: string | undefined): string | undefined {
  const said = comment?.trim();
  if (said && said.length > MOST_COMMENT) {
    throw new InputError(
      `comment: it has ${said.length} characters, and at most ${MOST_COMMENT} are kept. Shorten it, or link to the rest.`,
    );
  }
  // PostgreSQL's text has no place for a NUL character.
  return said ? said.replaceAll('\0', '\uFFFD') : undefined;
}

function shownTo(caller: Caller, stored: StoredApproval): Approval {
  const because = objection(stored, caller)?.message;
  return {
    id: stored.id,
    state: stored.state,
    reason: stored.reason,
    approversText: stored.approvers_text,
    approvers: stored.approvers,
    quorum: stored.quorum,
    votes: stored.votes,
    createdAt: stored.created_at.toISOString(),
    expiresAt: stored.due_at?.toISOString(),
    endedAt: stored.ended_at?.toISOString(),
    run: {
      id: stored.run_id,
      kind: stored.run_kind,
      title: stored.run_title,
      state: stored.run_state,
      requestedBy: stored.run_requested_by,
      owner: stored.run_owner,
      service: stored.run_service ?? undefined,
      environment: stored.run_environment ?? undefined,
    },
    mayDecide: because === undefined,
    mayNotDecideBecause: because,
  };
}
