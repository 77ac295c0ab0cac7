import type {
  PlannedChange,
  RunDecision,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { WantedApproval } from '../Rules';
import type { PlannedStep } from '../stepsOfKind';
import { changeOf, type RunChange } from './RunChange';
import { insertApprovals, recordDecision } from './decisions';
import type { RunRow } from './rows';

/** What a new run is stored as. */
export interface NewRun {
  id: string;
  kind: string;
  kindVersion: number;
  title: string;
  target: string;
  state: 'planned' | 'waiting' | 'queued';
  priority: number;
  requestedBy: string;
  owner: string;
  service?: string;
  environment?: string;
  goldenPath?: string;
  input: JsonObject;
  changes: PlannedChange[];
  idempotencyKey?: string;
  steps: PlannedStep[];
  decision: RunDecision;
  /** The approvals it waits for. */
  approvals: WantedApproval[];
}

const ACTIVITY = { planned: 'none', waiting: 'people', queued: 'queue' };

/** Stores a run; answers the existing one where the idempotency key is known. */
export async function insertRun(
  trx: Knex.Transaction,
  run: NewRun,
): Promise<{ existing: RunRow } | { change: RunChange }> {
  const [row] = await trx('runs')
    .insert({
      id: run.id,
      kind: run.kind,
      kind_version: run.kindVersion,
      title: run.title,
      target: run.target,
      state: run.state,
      priority: run.priority,
      requested_by: run.requestedBy,
      owner: run.owner,
      service: run.service,
      environment: run.environment,
      golden_path: run.goldenPath,
      input: JSON.stringify(run.input),
      changes: JSON.stringify(run.changes),
      idempotency_key: run.idempotencyKey,
      activity: ACTIVITY[run.state],
      activity_since: trx.raw('clock_timestamp()'),
    })
    .onConflict('idempotency_key')
    .ignore()
    .returning<RunRow[]>('*');
  if (!row) {
    const existing = await trx<RunRow>('runs')
      .where({ idempotency_key: run.idempotencyKey } as Partial<RunRow>)
      .first();
    return { existing: existing! };
  }
  await trx('run_steps').insert(
    run.steps.map((step, position) => ({
      run_id: run.id,
      step_id: step.id,
      position,
      title: step.title,
      depends_on: JSON.stringify(step.dependsOn),
      undoable: step.undoable,
      state: 'pending',
    })),
  );
  await recordDecision(trx, run.id, run.decision);
  if (run.state === 'waiting') {
    await insertApprovals(trx, run.id, run.approvals);
  }
  return { change: changeOf(row, { freed: run.state === 'queued' }) };
}
