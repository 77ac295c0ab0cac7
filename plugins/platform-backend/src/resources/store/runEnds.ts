import type { Failure } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { ACTING_STATES } from '../transitions';
import type { ResourceRow } from './rows';

/** The resource that a run was the newest to act on. */
export function resourceOfRun(
  knex: Knex,
  runId: string,
): Promise<ResourceRow | undefined> {
  return knex<ResourceRow>('resources').where({ run_id: runId }).first();
}

const STOPPED: Failure = {
  message: 'The run that acted on it was stopped before it was done.',
  hint: 'Retry the run, or destroy the resource.',
};

/**
 * A resource whose run stopped before it was done has failed. Nothing happens where the run has been taken up again meanwhile: this is told
 * after the end, and may be told late.
 */
export async function failResourceOf(
  knex: Knex,
  runId: string,
): Promise<ResourceRow | undefined> {
  const [row] = await knex('resources')
    .where({ run_id: runId })
    .whereIn('state', [...ACTING_STATES])
    .whereExists(
      knex('runs')
        .where({ id: runId })
        .whereIn('state', ['failed', 'cancelled']),
    )
    .update({
      state: 'failed',
      failed_in: knex.ref('state'),
      failure: knex.raw(
        `COALESCE((SELECT failure FROM runs WHERE id = ?), ?::jsonb)`,
        [runId, JSON.stringify(STOPPED)],
      ),
      ...nextVersion(knex),
    })
    .returning<ResourceRow[]>('*');
  return row;
}

/** Goes back to the state in which a run failed, in the transaction that takes up the run again. */
export async function reopenResourceOf(
  trx: Knex.Transaction,
  runId: string,
): Promise<void> {
  await trx('resources')
    .where({ run_id: runId, state: 'failed' })
    .whereNotNull('failed_in')
    .update({
      state: trx.ref('failed_in'),
      failed_in: null,
      failure: null,
      ...nextVersion(trx),
    });
}

function nextVersion(knex: Knex) {
  return {
    version: knex.raw('version + 1'),
    changed_at: knex.raw('clock_timestamp()'),
  };
}
