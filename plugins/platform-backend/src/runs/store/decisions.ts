import type { RunDecision } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { inMilliseconds } from './inMilliseconds';
import type { WantedApproval } from '../Rules';
import type { WaitRow } from './rows';

/** Adds what the rules said to a run's record. */
export async function recordDecision(
  trx: Knex.Transaction,
  runId: string,
  { stage, effect, reasons }: RunDecision,
): Promise<void> {
  await trx('run_decisions').insert({
    run_id: runId,
    stage,
    effect,
    reasons: JSON.stringify(reasons),
  });
}

/** The names under which approvals of the whole run were granted. */
export async function grantedApprovals(
  trx: Knex.Transaction,
  runId: string,
): Promise<Set<string>> {
  const names = await trx<WaitRow>('run_waits')
    .where({ run_id: runId, kind: 'approval', state: 'resumed' })
    .whereNull('step_id')
    .pluck('name');
  return new Set(names);
}

/** Asks for approvals of the whole run. */
export async function insertApprovals(
  trx: Knex.Transaction,
  runId: string,
  approvals: WantedApproval[],
): Promise<void> {
  await trx('run_waits').insert(
    approvals.map(({ decider, reason, askedBy, terms, expiresInMs }) => ({
      id: randomUUID(),
      run_id: runId,
      name: decider,
      kind: 'approval',
      state: 'open',
      waits_for: 'people',
      reason,
      due_at: inMilliseconds(trx, expiresInMs),
      asked_by: askedBy,
      approvers: terms.approvers,
      approvers_text: terms.approversText,
      quorum: terms.quorum,
    })),
  );
}
