import type {
  Remains,
  Run,
  RunStep,
  RunWait,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { queuePlaces } from './queuePlaces';
import type { DecisionRow, RunRow, StepRow, VoteRow, WaitRow } from './rows';

/** One run with all that belongs to it; `undefined` where there is none. */
export async function readRun(
  knex: Knex,
  id: string,
): Promise<Run | undefined> {
  const row = await knex<RunRow>('runs').where({ id }).first();
  return row && (await toRuns(knex, [row]))[0];
}

/** Builds what callers see from rows of runs: a handful of queries, however many runs. */
export async function toRuns(knex: Knex, rows: RunRow[]): Promise<Run[]> {
  const ids = rows.map(({ id }) => id);
  const [steps, waits, decisions, places] = await Promise.all([
    knex<StepRow>('run_steps').whereIn('run_id', ids).orderBy('position'),
    knex<WaitRow>('run_waits').whereIn('run_id', ids).orderBy('created_at'),
    knex<DecisionRow>('run_decisions')
      .whereIn('run_id', ids)
      .distinctOn('run_id')
      .orderBy([{ column: 'run_id' }, { column: 'id', order: 'desc' }]),
    queuePlaces(knex, rows),
  ]);
  const votes = await knex<VoteRow>('run_votes')
    .whereIn(
      'wait_id',
      waits.filter(({ kind }) => kind === 'approval').map(({ id }) => id),
    )
    .orderBy('at');
  return rows.map(row =>
    toRun(row, {
      steps: steps.filter(({ run_id }) => run_id === row.id) as StepRow[],
      waits: waits
        .filter(({ run_id }) => run_id === row.id)
        .map(wait => toWait(wait as WaitRow, votes as VoteRow[])),
      decision: decisions.find(({ run_id }) => run_id === row.id) as
        DecisionRow | undefined,
      queue: places.get(row.id),
    }),
  );
}

function toRun(
  row: RunRow,
  parts: {
    steps: StepRow[];
    waits: RunWait[];
    decision?: DecisionRow;
    queue?: Run['queue'];
  },
): Run {
  const { decision } = parts;
  return {
    id: row.id,
    kind: row.kind,
    kindVersion: row.kind_version,
    title: row.title,
    target: row.target,
    state: row.state,
    phase: row.phase,
    priority: row.priority,
    requestedBy: row.requested_by,
    owner: row.owner,
    service: row.service ?? undefined,
    environment: row.environment ?? undefined,
    goldenPath: row.golden_path ?? undefined,
    input: row.input,
    output: row.output ?? undefined,
    failure: row.failure ?? undefined,
    changes: row.changes,
    decision: decision && {
      stage: decision.stage,
      effect: decision.effect,
      reasons: decision.reasons,
      at: decision.at.toISOString(),
    },
    steps: parts.steps.map(toStep),
    waits: parts.waits,
    activity:
      row.activity === 'none'
        ? undefined
        : { name: row.activity, since: row.activity_since.toISOString() },
    times: {
      people: Number(row.people_ms),
      queue: Number(row.queue_ms),
      machines: Number(row.machines_ms),
      work: Number(row.work_ms),
    },
    remains: remainsOf(parts.steps),
    givenUp:
      row.given_up_by && row.given_up_at
        ? { by: row.given_up_by, at: row.given_up_at.toISOString() }
        : undefined,
    queue: parts.queue,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
  };
}

function toStep(row: StepRow): RunStep {
  return {
    id: row.step_id,
    title: row.title,
    dependsOn: row.depends_on,
    undoes: row.undoes ?? undefined,
    undoable: row.undoable,
    state: row.state,
    attempt: row.attempt,
    startedAt: row.started_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
    output: row.output ?? undefined,
    failure: row.failure ?? undefined,
  };
}

function toWait(row: WaitRow, votes: VoteRow[]): RunWait {
  return {
    id: row.id,
    runId: row.run_id,
    stepId: row.step_id ?? undefined,
    kind: row.kind,
    state: row.state,
    waitsFor: row.waits_for,
    reason: row.reason,
    approval:
      row.kind === 'approval'
        ? {
            approvers: row.approvers ?? [],
            approversText: row.approvers_text ?? '',
            quorum: row.quorum ?? 1,
            votes: votes
              .filter(({ wait_id }) => wait_id === row.id)
              .map(({ person, verdict, comment, at }) => ({
                person,
                verdict,
                comment: comment ?? undefined,
                at: at.toISOString(),
              })),
          }
        : undefined,
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
    payload: row.payload ?? undefined,
  };
}

function remainsOf(steps: StepRow[]): Remains[] {
  return steps.flatMap(({ step_id, state, remains }) =>
    (remains ?? []).map(what => ({
      stepId: step_id,
      what,
      certain: state === 'succeeded',
    })),
  );
}
