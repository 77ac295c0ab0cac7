import type { Page, Vote } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { Caller } from '../access';
import {
  afterCursor,
  cursorAt,
  isId,
  type VoteRow,
  type WaitRow,
} from '../runs';

/** An approval as it is stored: the wait, as much of its run as people are shown, and its votes. */
export interface StoredApproval extends Pick<
  WaitRow,
  'id' | 'run_id' | 'state' | 'reason' | 'due_at' | 'created_at' | 'ended_at'
> {
  asked_by: string;
  approvers: string[];
  approvers_text: string;
  quorum: number;
  /** Whether its time is up and nobody has ended it yet. */
  overdue: boolean;
  run_kind: string;
  run_title: string;
  run_state: string;
  run_requested_by: string;
  run_owner: string;
  run_service: string | null;
  run_environment: string | null;
  votes: Vote[];
}

/** Which approvals to list; what is left out is not filtered by. */
export interface ApprovalFilter {
  state?: 'open' | 'ended';
  /** Those the caller may decide, and once ended, could have or has. */
  mine?: boolean;
}

/** Approvals in the database. */
export class ApprovalStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** One approval; `undefined` where there is none. */
  async find(
    id: string,
    knex: Knex = this.#knex,
  ): Promise<StoredApproval | undefined> {
    return isId(id)
      ? (
          await withVotes(knex, await approvals(knex).where('run_waits.id', id))
        )[0]
      : undefined;
  }

  /** One page of approvals, newest first. */
  async list(
    filter: ApprovalFilter,
    caller: Caller,
    page: { limit: number; cursor?: string },
  ): Promise<Page<StoredApproval>> {
    const query = approvals(this.#knex)
      .orderBy([
        { column: 'run_waits.created_at', order: 'desc' },
        { column: 'run_waits.id', order: 'desc' },
      ])
      .limit(page.limit + 1);
    // Written out, as the conditions of the indices are.
    if (filter.state === 'open') {
      query.whereRaw(`run_waits.state = 'open'`);
    } else if (filter.state === 'ended') {
      query.whereRaw(`run_waits.state <> 'open'`);
    }
    if (filter.mine) {
      onlyThoseOf(query, caller);
    }
    if (page.cursor) {
      afterCursor(query, 'run_waits', page.cursor);
    }
    const rows = await query;
    const shown = rows.slice(0, page.limit);
    const last = shown.at(-1);
    return {
      items: await withVotes(this.#knex, shown),
      nextCursor:
        rows.length > page.limit && last
          ? await cursorAt(this.#knex, 'run_waits', last.id)
          : undefined,
    };
  }

  /** Stores what somebody said. One vote a person: the caller has made sure that there is none. */
  async addVote(
    trx: Knex.Transaction,
    approvalId: string,
    vote: Pick<Vote, 'person' | 'verdict' | 'comment'>,
  ): Promise<void> {
    await trx('run_votes').insert({
      ...vote,
      wait_id: approvalId,
      at: trx.raw('clock_timestamp()'),
    });
  }
}

function approvals(knex: Knex) {
  return knex('run_waits')
    .join('runs', 'runs.id', 'run_waits.run_id')
    .where('run_waits.kind', 'approval')
    .select<Array<Omit<StoredApproval, 'votes'>>>(
      'run_waits.id',
      'run_waits.run_id',
      'run_waits.state',
      'run_waits.reason',
      'run_waits.due_at',
      'run_waits.created_at',
      'run_waits.ended_at',
      'run_waits.asked_by',
      'run_waits.approvers',
      'run_waits.approvers_text',
      'run_waits.quorum',
      knex.raw(
        `run_waits.state = 'open' AND run_waits.due_at <= clock_timestamp() AS overdue`,
      ),
      { run_kind: 'runs.kind' },
      { run_title: 'runs.title' },
      { run_state: 'runs.state' },
      { run_requested_by: 'runs.requested_by' },
      { run_owner: 'runs.owner' },
      { run_service: 'runs.service' },
      { run_environment: 'runs.environment' },
    );
}

function onlyThoseOf(query: Knex.QueryBuilder, caller: Caller): void {
  query
    .whereRaw('run_waits.approvers && ?::text[]', [caller.ownershipRefs])
    .whereNot('run_waits.asked_by', caller.userRef)
    .whereRaw(
      `NOT (run_waits.state = 'open' AND EXISTS (
        SELECT FROM run_votes WHERE wait_id = run_waits.id AND person = ?))`,
      [caller.userRef],
    );
}

async function withVotes(
  knex: Knex,
  rows: Array<Omit<StoredApproval, 'votes'>>,
): Promise<StoredApproval[]> {
  const votes = await knex<VoteRow>('run_votes')
    .whereIn(
      'wait_id',
      rows.map(({ id }) => id),
    )
    .orderBy('at');
  return rows.map(row => ({
    ...row,
    votes: (votes as VoteRow[])
      .filter(({ wait_id }) => wait_id === row.id)
      .map(({ person, verdict, comment, at }) => ({
        person,
        verdict,
        comment: comment ?? undefined,
        at: at.toISOString(),
      })),
  }));
}
