import type { Vote, WaitState } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { VoteRow } from '../runs';

/** Written out, as the condition of the index is. */
const TO_BE_TOLD = `run_waits.kind = 'approval'
  AND (NOT run_waits.announced OR (run_waits.state <> 'open' AND NOT run_waits.end_announced))`;

/** An approval that somebody is to be told about. */
export interface Unannounced {
  id: string;
  run_id: string;
  state: WaitState;
  reason: string;
  approvers: string[];
  asked_by: string;
  /** What the run is called. */
  title: string;
  votes: Array<Pick<Vote, 'person' | 'verdict'> & { comment: string | null }>;
}

/** The oldest approvals that somebody is to be told about, without those that are left for later. */
export function unannounced(
  knex: Knex,
  limit: number,
  without: string[],
): Promise<string[]> {
  return knex('run_waits')
    .whereRaw(TO_BE_TOLD)
    .whereNotIn('id', without)
    .orderBy('created_at')
    .limit(limit)
    .pluck('id');
}

/**
 * The approval, if somebody is still to be told and no other backend is at it until this transaction ends. The lock is on the
 * telling, not on the row, so that people can decide meanwhile.
 */
export async function announcing(
  trx: Knex.Transaction,
  id: string,
): Promise<Unannounced | undefined> {
  const { rows } = await trx.raw(
    'SELECT pg_try_advisory_xact_lock(hashtextextended(?, 2)) AS locked',
    [id],
  );
  if (!rows[0].locked) {
    return undefined;
  }
  const [row] = await trx('run_waits')
    .join('runs', 'runs.id', 'run_waits.run_id')
    .where('run_waits.id', id)
    .whereRaw(TO_BE_TOLD)
    .select<Array<Omit<Unannounced, 'votes'>>>(
      'run_waits.id',
      'run_waits.run_id',
      'run_waits.state',
      'run_waits.reason',
      'run_waits.approvers',
      'run_waits.asked_by',
      'runs.title',
    );
  return (
    row && {
      ...row,
      votes: await trx<VoteRow>('run_votes')
        .where({ wait_id: id })
        .orderBy('at'),
    }
  );
}

/** Stores what was told: that it is asked for, or how it ended. */
export async function markAnnounced(
  trx: Knex.Transaction,
  { id, state }: Unannounced,
): Promise<void> {
  await trx('run_waits')
    .where({ id })
    .update({ announced: true, end_announced: state !== 'open' });
}
