import { ConflictError } from '@backstage/errors';
import { runEndedEvent } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { WantedApproval } from '../Rules';
import { undoSteps, type UndoableStep } from '../undoSteps';
import { advanceRun, stepsOf } from './advanceRun';
import { insertApprovals } from './decisions';
import { lockRun, now, updateRun } from './lockRun';
import { changeOf, type RunChange } from './RunChange';
import type { RunRow } from './rows';

/** Cancels a run that has not begun at once, and asks a running one to stop. Throws `ConflictError` where it can't be. */
export async function cancelRun(
  trx: Knex.Transaction,
  id: string,
): Promise<RunChange> {
  const run = await lockRun(trx, id);
  if (
    run.state === 'undoing' ||
    (run.state === 'waiting' && run.phase === 'undo' && run.holds_target)
  ) {
    throw new ConflictError(
      'This run is being undone, and half an undo helps nobody. Wait for its end; where undoing fails, it stops and can be retried.',
    );
  }
  if (run.holds_target) {
    const cancelling =
      run.state === 'cancelling'
        ? run
        : await updateRun(trx, run, { state: 'cancelling' });
    return advanceRun(trx, cancelling);
  }
  if (!['planned', 'queued', 'waiting'].includes(run.state)) {
    throw new ConflictError(
      `This run is ${run.state}; there is nothing to cancel.`,
    );
  }
  return withdraw(trx, run, {
    message:
      run.phase === 'undo'
        ? 'Undoing was cancelled before it began.'
        : undefined,
  });
}

/** Ends a run that has not begun, for a reason that is shown. */
export async function withdraw(
  trx: Knex.Transaction,
  run: RunRow,
  failure: { message?: string; hint?: string },
): Promise<RunChange> {
  await trx('run_waits')
    .where({ run_id: run.id, state: 'open' })
    .update({ state: 'cancelled', ended_at: now(trx) });
  const undone = await trx('run_steps')
    .where({ run_id: run.id })
    .whereNotNull('undoes')
    .andWhere('attempt', '>', 0)
    .first('step_id');
  if (run.phase === 'undo' && !undone) {
    await trx('run_steps')
      .where({ run_id: run.id })
      .whereNotNull('undoes')
      .delete();
  } else {
    await trx('run_steps')
      .where({ run_id: run.id, state: 'pending' })
      .update({ state: 'cancelled' });
  }
  const cancelled = await updateRun(trx, run, {
    state: 'cancelled',
    activity: 'none',
    columns: {
      phase: undone ? 'undo' : 'do',
      ended_at: now(trx),
      failure: failure.message ? JSON.stringify(failure) : null,
    },
  });
  return changeOf(cancelled, { ended: true });
}

/** Starts a planned run: queued, or waiting for the approvals it needs. */
export async function releaseRun(
  trx: Knex.Transaction,
  id: string,
  approvals: WantedApproval[],
  acting: string,
): Promise<RunChange> {
  const run = await lockRun(trx, id);
  if (run.state !== 'planned') {
    throw new ConflictError(`This run is ${run.state} and was started before.`);
  }
  return enqueue(trx, run, approvals, { acting });
}

/** Queues a failed or cancelled run again, from where it stopped; where it was being undone, undoing goes on. */
export async function retryRun(
  trx: Knex.Transaction,
  id: string,
  approvals: WantedApproval[],
  acting: string,
): Promise<RunChange> {
  const run = await lockEnded(trx, id, 'retried');
  const steps = (await stepsOf(trx, id)).filter(
    step => (step.undoes !== null) === (run.phase === 'undo'),
  );
  const again = steps
    .filter(({ state }) => state !== 'succeeded')
    .map(({ step_id }) => step_id);
  await trx('run_steps')
    .where({ run_id: id })
    .whereIn('step_id', again)
    .update({
      state: 'pending',
      tries: 0,
      not_before: null,
      failure: null,
      resumed_by: null,
      waits_for: null,
      started_at: null,
      ended_at: null,
    });
  // A retried step gets callbacks of its own.
  await trx('run_waits')
    .where({ run_id: id, kind: 'callback' })
    .whereIn('step_id', again)
    .update({ name: trx.raw('id::text') });
  return enqueue(trx, run, approvals, { acting });
}

/**
 * Queues a failed or cancelled run for undoing. Throws `ConflictError` where none of the steps that were attempted can
 * be undone.
 */
export async function undoRun(
  trx: Knex.Transaction,
  id: string,
  undoable: UndoableStep[],
  approvals: WantedApproval[],
  acting: string,
): Promise<RunChange> {
  const run = await lockEnded(trx, id, 'undone');
  if (run.phase === 'undo') {
    throw new ConflictError(
      'Undoing this run failed before. Retry it: that goes on undoing.',
    );
  }
  const steps = await stepsOf(trx, id);
  const rows = undoSteps(steps, undoable);
  if (rows.length === 0) {
    throw new ConflictError(
      'Nothing of this run can be undone. Retry it, or give it up: what remains stays listed.',
    );
  }
  await trx('run_steps').insert(
    rows.map((row, index) => ({
      run_id: id,
      step_id: row.id,
      undoes: row.undoes,
      position: steps.length + index,
      title: row.title,
      depends_on: JSON.stringify(row.dependsOn),
      state: 'pending',
    })),
  );
  return enqueue(trx, run, approvals, { acting, phase: 'undo' });
}

/** Marks a failed or cancelled run as one that nobody goes on with. */
export async function giveUpRun(
  trx: Knex.Transaction,
  id: string,
  person: string,
): Promise<RunChange> {
  const run = await lockEnded(trx, id, 'given up');
  const updated = await updateRun(trx, run, {
    columns: { given_up_by: person, given_up_at: now(trx) },
  });
  return changeOf(updated);
}

async function lockEnded(
  trx: Knex.Transaction,
  id: string,
  what: string,
): Promise<RunRow> {
  const run = await lockRun(trx, id);
  if (run.given_up_by) {
    throw new ConflictError(
      `This run was given up by ${run.given_up_by}. Start a new one instead.`,
    );
  }
  if (run.state !== 'failed' && run.state !== 'cancelled') {
    throw new ConflictError(
      `This run is ${run.state} and can't be ${what}. Only a failed or cancelled run can be.`,
    );
  }
  return run;
}

async function enqueue(
  trx: Knex.Transaction,
  run: RunRow,
  approvals: WantedApproval[],
  columns: { acting: string; phase?: 'undo' },
): Promise<RunChange> {
  const waits = approvals.length > 0;
  if (waits) {
    await insertApprovals(trx, run.id, approvals);
  }
  // Whoever waits for its end waits for the next one now.
  await trx('run_events')
    .where({ key: runEndedEvent(run.id) })
    .delete();
  const updated = await updateRun(trx, run, {
    state: waits ? 'waiting' : 'queued',
    activity: waits ? 'people' : 'queue',
    columns: {
      ...columns,
      checked_at: null,
      ended_at: null,
      failure: null,
      end_handled: false,
    },
  });
  return changeOf(updated, { freed: !waits });
}
