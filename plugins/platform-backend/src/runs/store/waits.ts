import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Failure } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RunSecrets } from '../RunSecrets';
import { inMilliseconds } from './inMilliseconds';
import { advanceRun } from './advanceRun';
import { closeLease } from './endAttempt';
import { findEvent } from './events';
import { lockRun, now, updateRun } from './lockRun';
import {
  changeOf,
  type Claim,
  type RunChange,
  type StepLease,
} from './RunChange';
import type { RunRow, WaitRow } from './rows';
import { withoutSecrets } from './withoutSecrets';

/** A wait as a step asks for it, with its approvers resolved. */
export type NewWait = Pick<WaitRow, 'kind' | 'reason' | 'waits_for'> & {
  /** From now, in milliseconds; for a time its end, for everything else its expiry. */
  dueInMs: number;
  event_key?: string;
  asked_by?: string;
  approvers?: string[];
  approvers_text?: string;
  quorum?: number;
};

/** How a wait ended. */
export interface WaitEnd {
  state: 'resumed' | 'rejected' | 'expired';
  payload?: JsonObject;
  /** What is shown where it ends the run. */
  failure?: Failure;
}

/** Lets the step that holds the lease wait. An event that has happened already resumes it at once. */
export async function beginWait(
  trx: Knex.Transaction,
  lease: StepLease,
  wait: NewWait | { callbackId: string },
  secrets: RunSecrets,
  claim: Claim,
): Promise<RunChange | undefined> {
  const run = await lockRun(trx, lease.run.id);
  const row =
    'callbackId' in wait
      ? await trx<WaitRow>('run_waits')
          .where({ id: wait.callbackId, run_id: lease.run.id })
          .forUpdate()
          .first()
      : undefined;
  const waitsFor = 'callbackId' in wait ? row?.waits_for : wait.waits_for;
  if (
    !(await closeLease(trx, lease, {
      state: 'waiting',
      waits_for: waitsFor,
      resumed_by: null,
      tries: 0,
    }))
  ) {
    return undefined;
  }
  if (row) {
    if (row.state !== 'open') {
      await resumeStep(trx, row);
    }
  } else {
    const told = await withoutSecrets(trx, secrets, run, wait as NewWait, [
      'reason',
      'approvers_text',
    ]);
    const inserted = await insertWait(trx, lease, told);
    await resumeIfHappened(trx, secrets, run, inserted);
  }
  return advanceRun(trx, run, claim);
}

/** The wait of a callback, made before its URL is given out; the same one when it is asked for again. */
export async function openCallback(
  trx: Knex.Transaction,
  lease: StepLease,
  callback: { name: string; reason: string; expiresInMs: number },
  secrets: RunSecrets,
): Promise<WaitRow> {
  const run = await lockRun(trx, lease.run.id);
  const { reason } = await withoutSecrets(trx, secrets, run, callback, [
    'reason',
  ]);
  await trx('run_waits')
    .insert({
      id: randomUUID(),
      run_id: lease.run.id,
      step_id: lease.stepId,
      name: callback.name,
      kind: 'callback',
      state: 'open',
      waits_for: 'machines',
      reason,
      due_at: inMilliseconds(trx, callback.expiresInMs),
    })
    .onConflict(
      trx.raw(`(run_id, step_id, name) WHERE kind = 'callback'`) as never,
    )
    .ignore();
  const row = await trx<WaitRow>('run_waits')
    .where({
      run_id: lease.run.id,
      step_id: lease.stepId,
      name: callback.name,
      kind: 'callback',
    })
    .first();
  return row!;
}

/**
 * Ends an open wait, once, and moves its run on. `decide` is called with the run and the wait locked; without an answer nothing
 * ends. Throws `NotFoundError` where there is no such wait, and `ConflictError` where it is not open any more.
 */
export async function endWait(
  trx: Knex.Transaction,
  waitId: string,
  decide: (wait: WaitRow) => Promise<WaitEnd | undefined>,
  secrets: RunSecrets,
  claim?: Claim,
): Promise<RunChange | undefined> {
  const found = await trx<WaitRow>('run_waits').where({ id: waitId }).first();
  if (!found) {
    throw new NotFoundError(`There is nothing to wait for under ${waitId}.`);
  }
  const run = await lockRun(trx, found.run_id);
  const wait = await trx<WaitRow>('run_waits')
    .where({ id: waitId })
    .forUpdate()
    .first();
  if (wait?.state !== 'open') {
    throw new ConflictError(`This is ${wait?.state} already.`);
  }
  const decided = await decide(wait);
  if (!decided) {
    return undefined;
  }
  const end = await withoutSecrets(trx, secrets, run, decided, [
    'payload',
    'failure',
  ]);
  await trx('run_waits')
    .where({ id: waitId })
    .update({
      state: end.state,
      payload: end.payload && JSON.stringify(end.payload),
      ended_at: now(trx),
    });
  return wait.step_id === null
    ? endRunWait(trx, run, end)
    : endStepWait(trx, run, wait, end, claim);
}

/** The open waits whose time has come, or whose event has happened while a backend died that was to tell them. */
export async function dueWaits(
  knex: Knex,
  limit: number,
): Promise<Array<Pick<WaitRow, 'id' | 'kind'> & { event: boolean }>> {
  const due = await knex<WaitRow>('run_waits')
    .where({ state: 'open' })
    .andWhereRaw('due_at <= clock_timestamp()')
    .orderBy('due_at')
    .limit(limit)
    .select('id', 'kind');
  const happened = await knex('run_waits')
    .join('run_events', 'run_events.key', 'run_waits.event_key')
    .where({ state: 'open' })
    .limit(limit)
    .select('run_waits.id', 'run_waits.kind');
  return [
    ...happened.map(wait => ({ ...wait, event: true })),
    ...due.map(wait => ({ ...wait, event: false })),
  ];
}

async function endRunWait(
  trx: Knex.Transaction,
  run: RunRow,
  end: WaitEnd,
): Promise<RunChange> {
  if (run.state !== 'waiting') {
    return changeOf(run);
  }
  if (end.state !== 'resumed') {
    await trx('run_waits')
      .where({ run_id: run.id, state: 'open' })
      .update({ state: 'cancelled', ended_at: now(trx) });
    await trx('run_steps')
      .where({ run_id: run.id })
      .whereIn('state', ['pending', 'waiting', 'queued'])
      .update({ state: 'cancelled' });
    const running = await trx('run_steps')
      .where({ run_id: run.id, state: 'running' })
      .first('step_id');
    const ended = await updateRun(trx, run, {
      state: running ? 'cancelling' : 'cancelled',
      activity: running ? 'work' : 'none',
      columns: {
        failure: end.failure && JSON.stringify(end.failure),
        ...(!running && { ended_at: now(trx), holds_target: false }),
      },
    });
    return changeOf(ended, { ended: !running, freed: run.holds_target });
  }
  const open = await trx('run_waits')
    .where({ run_id: run.id, state: 'open' })
    .whereNull('step_id')
    .first('id');
  if (open) {
    return changeOf(run);
  }
  // What was decided before the wait is asked again before the run acts.
  if (run.holds_target) {
    const resumed = await updateRun(trx, run, {
      state: run.phase === 'undo' ? 'undoing' : 'running',
      activity: 'work',
      columns: { checked_at: null },
    });
    return advanceRun(trx, resumed);
  }
  const queued = await updateRun(trx, run, {
    state: 'queued',
    activity: 'queue',
    columns: { checked_at: null },
  });
  return changeOf(queued, { freed: true });
}

async function endStepWait(
  trx: Knex.Transaction,
  run: RunRow,
  wait: WaitRow,
  end: WaitEnd,
  claim?: Claim,
): Promise<RunChange> {
  const refused = wait.kind === 'approval' && end.state !== 'resumed';
  if (refused) {
    await trx('run_steps')
      .where({ run_id: run.id, step_id: wait.step_id, state: 'waiting' })
      .update({
        state: 'failed',
        failure: JSON.stringify(end.failure),
        ended_at: now(trx),
      });
  } else {
    await resumeStep(trx, wait);
  }
  const checked =
    wait.waits_for === 'people'
      ? await updateRun(trx, run, { columns: { checked_at: null } })
      : run;
  return ['running', 'waiting', 'undoing', 'cancelling'].includes(run.state)
    ? advanceRun(trx, checked, claim)
    : changeOf(checked);
}

/** Does nothing where the step isn't waiting yet: it will find its wait ended when it is. */
async function resumeStep(trx: Knex.Transaction, wait: WaitRow): Promise<void> {
  await trx('run_steps')
    .where({ run_id: wait.run_id, step_id: wait.step_id, state: 'waiting' })
    .update({
      // Pending, so that what follows for the run starts it like any other step.
      state: 'pending',
      waits_for: null,
      resumed_by: wait.id,
    });
}

async function insertWait(
  trx: Knex.Transaction,
  lease: StepLease,
  { dueInMs, ...wait }: NewWait,
): Promise<WaitRow> {
  const [row] = await trx('run_waits')
    .insert({
      ...wait,
      id: randomUUID(),
      run_id: lease.run.id,
      step_id: lease.stepId,
      name: lease.stepId,
      state: 'open',
      due_at: inMilliseconds(trx, dueInMs),
    })
    .returning<WaitRow[]>('*');
  return row;
}

async function resumeIfHappened(
  trx: Knex.Transaction,
  secrets: RunSecrets,
  run: RunRow,
  wait: WaitRow,
): Promise<void> {
  if (wait.event_key === null) {
    return;
  }
  const event = await findEvent(trx, secrets, run, wait.event_key);
  if (event) {
    await trx('run_waits')
      .where({ id: wait.id })
      .update({
        state: 'resumed',
        payload: event.payload && JSON.stringify(event.payload),
        ended_at: now(trx),
      });
    await resumeStep(trx, wait);
  }
}
