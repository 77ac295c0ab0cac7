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
import { randomUUID } from 'node:crypto';
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
import { settleRun } from './settleRun';
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

  async lease(
    step: { runId: string; stepId: string },
    owner: string,
    leaseMs: number,
  ): Promise<StepLease | undefined> {
    const token = randomUUID();
    const [row] = await this.#knex('run_steps')
      .where({ run_id: step.runId, step_id: step.stepId, state: 'queued' })
      .andWhereRaw('(not_before IS NULL OR not_before <= clock_timestamp())')
      .update({
        state: 'running',
        attempt: this.#knex.raw('attempt + 1'),
        lease_token: token,
        lease_owner: owner,
        lease_until: inMilliseconds(this.#knex, leaseMs),
        started_at: this.#knex.raw('clock_timestamp()'),
        ended_at: null,
        failure: null,
      })
      .returning<StepRow[]>('*');
    if (!row) {
      return undefined;
    }
    const run = await this.#knex<RunRow>('runs')
      .where({ id: step.runId })
      .first();
    const done = await this.#knex<StepRow>('run_steps').where({
      run_id: step.runId,
      state: 'succeeded',
    });
    if (!run) {
      return undefined;
    }
    return {
      ...step,
      kind: run.kind,
      kindVersion: run.kind_version,
      token,
      attempt: row.attempt,
      tries: row.tries,
      input: run.input,
      requestedBy: run.requested_by,
      outputs: Object.fromEntries(
        done.map(other => [other.step_id, other.output ?? {}]),
      ),
    };
  }

  async renew(tokens: string[], leaseMs: number) {
    const kept = await this.#knex('run_steps')
      .whereIn('lease_token', tokens)
      .andWhere({ state: 'running' })
      .update({ lease_until: inMilliseconds(this.#knex, leaseMs) })
      .returning<Array<{ lease_token: string; run_id: string }>>([
        'lease_token',
        'run_id',
      ]);
    const cancelling = await this.#knex('runs')
      .whereIn('id', [...new Set(kept.map(step => step.run_id))])
      .andWhere({ state: 'cancelling' })
      .pluck('id');
    const keptTokens = new Set(kept.map(step => step.lease_token));
    return {
      lost: tokens.filter(token => !keptTokens.has(token)),
      cancelling: cancelling as string[],
    };
  }

  async release(owner: string): Promise<void> {
    await this.#knex('run_steps')
      .where({ lease_owner: owner, state: 'running' })
      .update({ state: 'queued', lease_token: null, lease_until: null });
  }

  async recover(trx: Knex.Transaction, staleMs: number): Promise<ReadyStep[]> {
    await trx('run_steps')
      .where({ state: 'running' })
      .andWhereRaw('lease_until < clock_timestamp()')
      .update({
        state: 'queued',
        lease_token: null,
        // Old enough to be handed out by the query below.
        not_before: inMilliseconds(trx, -staleMs - 1),
      });
    const rows = await trx('run_steps')
      .where({ state: 'queued' })
      .andWhereRaw(
        'COALESCE(not_before, ended_at, started_at, to_timestamp(0)) < ?',
        [inMilliseconds(trx, -staleMs)],
      )
      .select('run_id', 'step_id');
    return rows.map(row => ({
      runId: row.run_id,
      stepId: row.step_id,
      delayMs: 0,
    }));
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

  async appendLog(
    runId: string,
    lines: Array<{ stepId: string; at: Date; text: string }>,
    limit: number,
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      const [row] = await trx('runs')
        .where({ id: runId })
        .update({ log_lines: trx.raw('log_lines + ?', [lines.length]) })
        .returning<Array<{ log_lines: number }>>('log_lines');
      const before = (row?.log_lines ?? 0) - lines.length;
      const room = lines.slice(0, Math.max(0, limit - before));
      if (room.length > 0) {
        await trx('run_log_lines').insert(
          room.map((line, index) => ({
            run_id: runId,
            sequence: before + index + 1,
            step_id: line.stepId,
            at: line.at,
            text: line.text,
          })),
        );
      }
    });
  }

  async readLog(
    runId: string,
    after: number,
    limit: number,
  ): Promise<RunLogLine[]> {
    const rows = await this.#knex('run_log_lines')
      .where({ run_id: runId })
      .andWhere('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit);
    return rows.map(row => ({
      sequence: row.sequence,
      stepId: row.step_id,
      at: row.at.toISOString(),
      text: row.text,
    }));
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

function inMilliseconds(knex: Knex, milliseconds: number): Knex.Raw {
  return knex.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [
    milliseconds,
  ]);
}
