import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RunSecrets } from '../RunSecrets';
import { inMilliseconds } from './inMilliseconds';
import { advanceRun } from './advanceRun';
import { closeLease } from './endAttempt';
import { findEvent } from './events';
import { lockRun, now } from './lockRun';
import { resumeStep } from './resumeStep';
import type { Claim, RunChange, StepLease } from './RunChange';
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
