import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { migrations, platformDatabase } from './__testUtils__/engine';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const INIT = '20261123000000_init.js';
const DURABLE_RUNS = '20261124000000_durable_runs.js';

/** Stores a run and answers its id. */
async function insertRun(
  knex: Knex,
  state: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = randomUUID();
  await knex('runs').insert({
    id,
    kind: 'deploy',
    kind_version: 1,
    title: 'Deploy',
    target: `deploy:${id}`,
    state,
    requested_by: 'user:default/mara',
    owner: 'group:default/payments',
    input: {},
    ...more,
  });
  return id;
}

async function insertStep(
  knex: Knex,
  runId: string,
  stepId: string,
  state: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  await knex('run_steps').insert({
    run_id: runId,
    step_id: stepId,
    position: 0,
    title: stepId,
    depends_on: '[]',
    state,
    ...more,
  });
}

async function insertApproval(
  knex: Knex,
  runId: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = randomUUID();
  await knex('run_waits').insert({
    id,
    run_id: runId,
    name: 'protected-environment',
    kind: 'approval',
    state: 'open',
    waits_for: 'people',
    reason: 'Production is protected.',
    asked_by: 'user:default/mara',
    approvers: ['group:default/payments'],
    approvers_text: 'a second person of Payments',
    quorum: 1,
    ...more,
  });
  return id;
}

/** The states of runs and of their steps, by id. */
async function statesOf(knex: Knex, runIds: Record<string, string>) {
  const runs = await knex('runs').select('id', 'state', 'ended_at');
  const steps = await knex('run_steps').orderBy('step_id');
  return Object.fromEntries(
    Object.entries(runIds).map(([name, id]) => {
      const run = runs.find(row => row.id === id);
      return [
        name,
        {
          state: run?.state,
          ended: run?.ended_at !== null,
          steps: steps
            .filter(({ run_id }) => run_id === id)
            .map(({ step_id, state }) => `${step_id} ${state}`),
        },
      ];
    }),
  );
}

describe('migrations', () => {
  it('go up to where one run acts on a target, and down to nothing', async () => {
    const knex = await platformDatabase(databases);
    await insertRun(knex, 'running', { target: 'orders', holds_target: true });
    await insertRun(knex, 'waiting', { target: 'orders' });
    await expect(
      insertRun(knex, 'running', { target: 'orders', holds_target: true }),
    ).rejects.toThrow('runs_one_per_target');
    await knex.migrate.rollback(migrations, true);
    expect(await knex.schema.hasTable('runs')).toBe(false);
    await knex.migrate.latest(migrations);
    expect(await knex.schema.hasTable('deployments')).toBe(true);
  });

  it('let runs of before go on, each with its target', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.up({ ...migrations, name: INIT });
    const running = await insertRun(knex, 'running', { target: 'orders' });
    const cancelling = await insertRun(knex, 'cancelling');
    const queued = await insertRun(knex, 'queued', { target: 'orders' });
    const succeeded = await insertRun(knex, 'succeeded', { target: 'orders' });
    await insertStep(knex, running, 'start', 'running');

    await knex.migrate.latest(migrations);
    const holders = await knex('runs').where({ holds_target: true });
    expect(holders.map(({ id }) => id).sort()).toEqual(
      [running, cancelling].sort(),
    );
    expect(
      await knex('runs').whereIn('id', [queued, succeeded]).select('phase'),
    ).toEqual([{ phase: 'do' }, { phase: 'do' }]);
    expect(await knex('run_steps').first()).toMatchObject({
      state: 'running',
      undoes: null,
      remains: null,
    });
  });

  it('keep approvals complete', async () => {
    const knex = await platformDatabase(databases);
    const run = await insertRun(knex, 'waiting');
    for (const missing of [
      { asked_by: null },
      { approvers: null },
      { quorum: 0 },
    ]) {
      await expect(insertApproval(knex, run, missing)).rejects.toThrow(
        'run_waits_approval_terms',
      );
    }
  });

  it('go down with runs that wait or are undone, and up again', async () => {
    const knex = await platformDatabase(databases);
    const target = 'orders';
    const ids = {
      waiting: await insertRun(knex, 'waiting', { target }),
      halfway: await insertRun(knex, 'waiting', { holds_target: true }),
      planned: await insertRun(knex, 'planned', { target }),
      undoing: await insertRun(knex, 'undoing', {
        phase: 'undo',
        holds_target: true,
      }),
      undoNext: await insertRun(knex, 'queued', { target, phase: 'undo' }),
      undone: await insertRun(knex, 'undone', {
        phase: 'undo',
        ended_at: knex.fn.now(),
      }),
      running: await insertRun(knex, 'running', { target, holds_target: true }),
      succeeded: await insertRun(knex, 'succeeded', {
        ended_at: knex.fn.now(),
      }),
    };
    await insertStep(knex, ids.waiting, 'start', 'pending');
    await insertStep(knex, ids.halfway, 'ask', 'waiting', {
      waits_for: 'people',
    });
    await insertStep(knex, ids.undoing, 'create', 'succeeded', {
      remains: '["repository orders"]',
    });
    await insertStep(knex, ids.undoing, 'undo:create', 'running', {
      undoes: 'create',
    });
    await insertStep(knex, ids.running, 'start', 'running');
    const approval = await insertApproval(knex, ids.waiting);
    await insertApproval(knex, ids.halfway, { step_id: 'ask' });
    await knex('run_votes').insert({
      wait_id: approval,
      person: 'user:default/idris',
      verdict: 'approved',
    });
    await knex('run_events').insert({ key: 'build:1', payload: '{}' });
    await knex('run_decisions').insert({
      run_id: ids.waiting,
      stage: 'plan',
      effect: 'needs-approval',
      reasons: '[]',
    });
    await knex('run_secrets').insert({
      run_id: ids.running,
      fingerprint: 'f',
      ciphertext: Buffer.from('c'),
    });

    await knex.migrate.down({ ...migrations, name: DURABLE_RUNS });
    expect(await knex.schema.hasTable('run_waits')).toBe(false);
    expect(await knex.schema.hasColumn('runs', 'phase')).toBe(false);
    const after = {
      waiting: { state: 'cancelled', ended: true, steps: ['start pending'] },
      halfway: { state: 'cancelled', ended: true, steps: ['ask cancelled'] },
      planned: { state: 'cancelled', ended: true, steps: [] },
      undoing: { state: 'failed', ended: true, steps: ['create succeeded'] },
      undoNext: { state: 'failed', ended: true, steps: [] },
      undone: { state: 'failed', ended: true, steps: [] },
      running: { state: 'running', ended: false, steps: ['start running'] },
      succeeded: { state: 'succeeded', ended: true, steps: [] },
    };
    expect(await statesOf(knex, ids)).toEqual(after);
    await expect(insertRun(knex, 'running', { target })).rejects.toThrow(
      'runs_one_active_per_target',
    );

    await knex.migrate.up({ ...migrations, name: DURABLE_RUNS });
    expect(await statesOf(knex, ids)).toEqual(after);
    expect(
      await knex('runs').where({ holds_target: true }).pluck('id'),
    ).toEqual([ids.running]);
    await insertApproval(knex, ids.running);
  });
});
