import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Failure,
  Page,
  Run,
  RunFilter,
  RunLogLine,
  RunState,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { inMilliseconds } from './inMilliseconds';
import { listRuns, queuePlaces } from './listRuns';
import type {
  NewRun,
  ReadyStep,
  RunChange,
  RunStore,
  StepLease,
  UnhandledEnd,
} from './RunStore';
import { type RunRow, type StepRow, toRun } from './runRows';
import { appendLogLines, readLogLines } from './runLogLines';
import { settleRun } from './settleRun';
import {
  leaseStep,
  recoverSteps,
  releaseLeases,
  renewLeases,
} from './stepLeases';
import { statesBefore } from './transitions';

/** {@link RunStore} on PostgreSQL. Times are the database's, so that engines' clocks don't matter. */
export class DatabaseRunStore implements RunStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(work);
  }

  async insert(trx: Knex.Transaction, run: NewRun) {
    const inserted = await trx('runs')
      .insert({
        id: run.id,
        kind: run.kind,
        kind_version: run.kindVersion,
        title: run.title,
        target: run.target,
        state: 'queued',
        priority: run.priority,
        requested_by: run.requestedBy,
        owner: run.owner,
        service: run.service,
        environment: run.environment,
        input: JSON.stringify(run.input),
        idempotency_key: run.idempotencyKey,
      })
      .onConflict('idempotency_key')
      .ignore()
      .returning('id');
    if (inserted.length === 0) {
      const existing = await trx('runs')
        .where({ idempotency_key: run.idempotencyKey })
        .first('id');
      return { id: existing.id as string, existed: true };
    }
    await trx('run_steps').insert(
      run.steps.map((step, position) => ({
        run_id: run.id,
        step_id: step.id,
        position,
        title: step.title,
        depends_on: JSON.stringify(step.dependsOn),
        state: 'pending',
      })),
    );
    return { id: run.id, existed: false };
  }

  async startNext(trx: Knex.Transaction, target: string) {
    // Runs of one target start one after the other, whichever engine ends the one before.
    await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
      target,
    ]);
    const active = await trx('runs')
      .where({ target })
      .whereIn('state', ['running', 'waiting', 'cancelling', 'undoing'])
      .first('id');
    if (active) {
      return undefined;
    }
    const next = await trx('runs')
      .where({ target, state: 'queued' })
      .orderBy([
        { column: 'priority', order: 'desc' },
        { column: 'created_at' },
        { column: 'id' },
      ])
      .forUpdate()
      .first('id');
    if (!next) {
      return undefined;
    }
    await this.#setState(trx, next.id, 'running', {
      started_at: trx.raw('COALESCE(started_at, clock_timestamp())'),
      ended_at: null,
      failure: null,
    });
    return this.#settle(trx, next.id);
  }

  lease(
    step: { runId: string; stepId: string },
    owner: string,
    leaseMs: number,
  ): Promise<StepLease | undefined> {
    return leaseStep(this.#knex, step, owner, leaseMs);
  }

  renew(tokens: string[], leaseMs: number) {
    return renewLeases(this.#knex, tokens, leaseMs);
  }

  release(owner: string): Promise<void> {
    return releaseLeases(this.#knex, owner);
  }

  recover(trx: Knex.Transaction, staleMs: number): Promise<ReadyStep[]> {
    return recoverSteps(trx, staleMs);
  }

  async succeedStep(
    trx: Knex.Transaction,
    lease: StepLease,
    output: JsonObject,
  ) {
    return this.#endAttempt(trx, lease, {
      state: 'succeeded',
      output: JSON.stringify(output),
      tries: 0,
    });
  }

  async failStep(trx: Knex.Transaction, lease: StepLease, failure: Failure) {
    return this.#endAttempt(trx, lease, {
      state: 'failed',
      failure: JSON.stringify(failure),
    });
  }

  async cancelStep(trx: Knex.Transaction, lease: StepLease) {
    return this.#endAttempt(trx, lease, { state: 'cancelled' });
  }

  async retryStep(
    trx: Knex.Transaction,
    lease: StepLease,
    failure: Failure,
    delayMs: number,
  ) {
    const change = await this.#endAttempt(trx, lease, {
      state: 'queued',
      failure: JSON.stringify(failure),
      tries: lease.tries + 1,
      not_before: inMilliseconds(trx, delayMs),
    });
    change?.ready.push({ runId: lease.runId, stepId: lease.stepId, delayMs });
    return change;
  }

  async cancelRun(trx: Knex.Transaction, id: string): Promise<RunChange> {
    const run = await this.#lock(trx, id);
    if (run.state === 'queued' || run.state === 'planned') {
      await this.#setState(trx, id, 'cancelled', {
        ended_at: trx.raw('clock_timestamp()'),
      });
      await trx('run_steps')
        .where({ run_id: id, state: 'pending' })
        .update({ state: 'cancelled' });
      return { run: await this.#load(trx, id), ready: [], ended: true };
    }
    if (run.state !== 'cancelling') {
      await this.#setState(trx, id, 'cancelling');
    }
    return this.#settle(trx, id);
  }

  async retryRun(trx: Knex.Transaction, id: string): Promise<void> {
    await this.#lock(trx, id);
    await this.#setState(trx, id, 'queued', {
      ended_at: null,
      failure: null,
      end_handled: false,
    });
    await trx('run_steps')
      .where({ run_id: id })
      .whereIn('state', ['failed', 'skipped', 'cancelled', 'queued'])
      .update({ state: 'pending', tries: 0, not_before: null, failure: null });
  }

  async get(id: string): Promise<Run | undefined> {
    const row = await this.#knex<RunRow>('runs').where({ id }).first();
    if (!row) {
      return undefined;
    }
    const steps = await stepsOf(this.#knex, [id]);
    const places = await queuePlaces(this.#knex, [row]);
    return toRun(row, steps, places.get(id));
  }

  list(
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Run>> {
    return listRuns(this.#knex, filter, page);
  }

  async unhandledEnds(
    trx: Knex.Transaction,
    limit: number,
  ): Promise<UnhandledEnd[]> {
    const rows = await trx<RunRow>('runs')
      .whereNotNull('ended_at')
      .andWhere({ end_handled: false })
      .orderBy('ended_at')
      .limit(limit)
      .forUpdate()
      .skipLocked();
    return rows.map(row => ({
      runId: row.id,
      kind: row.kind,
      input: row.input,
      state: row.state as UnhandledEnd['state'],
      failure: row.failure ?? undefined,
    }));
  }

  async markEndHandled(trx: Knex.Transaction, runId: string): Promise<void> {
    await trx('runs').where({ id: runId }).update({ end_handled: true });
  }

  appendLog(
    runId: string,
    lines: Array<{ stepId: string; at: Date; text: string }>,
    limit: number,
  ): Promise<void> {
    return appendLogLines(this.#knex, runId, lines, limit);
  }

  readLog(runId: string, after: number, limit: number): Promise<RunLogLine[]> {
    return readLogLines(this.#knex, runId, after, limit);
  }

  /** Ends the attempt that holds the lease; `undefined` where the lease was lost, and nothing changes. */
  async #endAttempt(
    trx: Knex.Transaction,
    lease: StepLease,
    update: Record<string, unknown>,
  ): Promise<RunChange | undefined> {
    await this.#lock(trx, lease.runId);
    const updated = await trx('run_steps')
      .where({
        run_id: lease.runId,
        step_id: lease.stepId,
        state: 'running',
        lease_token: lease.token,
      })
      .update({
        ended_at: trx.raw('clock_timestamp()'),
        lease_token: null,
        lease_until: null,
        ...update,
      });
    return updated === 0 ? undefined : this.#settle(trx, lease.runId);
  }

  async #lock(trx: Knex.Transaction, id: string): Promise<RunRow> {
    const run = await trx<RunRow>('runs').where({ id }).forUpdate().first();
    if (!run) {
      throw new NotFoundError(`There is no run ${id}.`);
    }
    return run;
  }

  async #setState(
    trx: Knex.Transaction,
    id: string,
    state: RunState,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const updated = await trx('runs')
      .where({ id })
      .whereIn('state', statesBefore(state))
      .update({ state, ...more });
    if (updated === 0) {
      const run = await trx<RunRow>('runs').where({ id }).first();
      throw new ConflictError(
        `This run is ${run?.state ?? 'gone'} and can't become ${state}.`,
      );
    }
  }

  async #settle(trx: Knex.Transaction, id: string): Promise<RunChange> {
    const run = await this.#lock(trx, id);
    const settlement = settleRun(run.state, await stepsOf(trx, [id]));
    const ready: ReadyStep[] = [];
    for (const step of settlement.steps) {
      await trx('run_steps')
        .where({ run_id: id, step_id: step.stepId })
        .update({
          state: step.state,
          not_before: trx.raw('clock_timestamp()'),
        });
      if (step.state === 'queued') {
        ready.push({ runId: id, stepId: step.stepId, delayMs: 0 });
      }
    }
    if (settlement.end) {
      await this.#setState(trx, id, settlement.end.state, {
        ended_at: trx.raw('clock_timestamp()'),
        output: JSON.stringify(settlement.end.output ?? {}),
        failure: settlement.end.failure
          ? JSON.stringify(settlement.end.failure)
          : null,
      });
    }
    return {
      run: await this.#load(trx, id),
      ready,
      ended: settlement.end !== undefined,
    };
  }

  async #load(trx: Knex.Transaction, id: string): Promise<Run> {
    const row = await this.#lock(trx, id);
    return toRun(row, await stepsOf(trx, [id]));
  }
}

function stepsOf(knex: Knex, runIds: string[]): Promise<StepRow[]> {
  return knex<StepRow>('run_steps')
    .whereIn('run_id', runIds)
    .orderBy(['run_id', 'position'])
    .then(rows => rows as StepRow[]);
}
