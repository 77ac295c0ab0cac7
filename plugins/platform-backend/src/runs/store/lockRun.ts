import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  RUN_ACTIVITIES,
  type RunActivity,
  type RunState,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { RUN_TRANSITIONS } from '../transitions';
import type { RunRow } from './rows';

/** Locks a run, so that its changes happen one after the other. Throws `NotFoundError` where there is none. */
export async function lockRun(
  trx: Knex.Transaction,
  id: string,
): Promise<RunRow> {
  const run = await trx<RunRow>('runs').where({ id }).forUpdate().first();
  if (!run) {
    throw new NotFoundError(`There is no run ${id}.`);
  }
  return run;
}

/**
 * Stores what changed of a locked run, and keeps its ledger: where the activity changes, the time spent in the one before
 * is added to its sum. Throws `ConflictError` on a transition that does not exist.
 */
export async function updateRun(
  trx: Knex.Transaction,
  run: RunRow,
  change: {
    state?: RunState;
    activity?: RunActivity | 'none';
    columns?: Record<string, unknown>;
  },
): Promise<RunRow> {
  const { state = run.state, activity = run.activity, columns } = change;
  if (state !== run.state && !RUN_TRANSITIONS[run.state].includes(state)) {
    throw new ConflictError(`This run is ${run.state} and can't be ${state}.`);
  }
  if (state === run.state && activity === run.activity && !columns) {
    return run;
  }
  const [updated] = await trx('runs')
    .where({ id: run.id })
    .update({
      state,
      ...(activity === run.activity ? {} : spend(trx, run, activity)),
      ...columns,
    })
    .returning<RunRow[]>('*');
  return updated;
}

/** Time as the database counts it, so that engines' clocks don't matter. */
export function now(knex: Knex): Knex.Raw {
  return knex.raw('clock_timestamp()');
}

function spend(knex: Knex, run: RunRow, activity: RunActivity | 'none') {
  const spent = RUN_ACTIVITIES.find(name => name === run.activity);
  return {
    activity,
    activity_since: now(knex),
    ...(spent && {
      [`${spent}_ms`]: knex.raw(
        `${spent}_ms + (EXTRACT(EPOCH FROM clock_timestamp() - activity_since) * 1000)::bigint`,
      ),
    }),
  };
}
