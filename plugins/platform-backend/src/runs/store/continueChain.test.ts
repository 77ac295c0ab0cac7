import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { allowAll, platformDatabase } from '../../__testUtils__/engine';
import { request } from '../../__testUtils__/runs';
import { continueChain } from './continueChain';
import { insertRun } from './insertRun';
import type { StepLease } from './RunChange';
import { startNextRun } from './startNextRun';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const claim = {
  holder: '00000000-0000-4000-8000-000000000001',
  leaseMs: 10_000,
  free: 1,
};
const end = { state: 'succeeded' as const, output: { made: 'it' } };

describe('continueChain', () => {
  let knex: Knex;
  let lease: StepLease;

  beforeEach(async () => {
    knex = await platformDatabase(databases);
    const { decision } = await allowAll.decide({ stage: 'plan' } as never);
    lease = await knex.transaction(async trx => {
      await insertRun(trx, {
        ...request(),
        id: randomUUID(),
        state: 'queued',
        kindVersion: 1,
        title: 'Chain',
        priority: 0,
        changes: [],
        approvals: [],
        decision,
        steps: [
          { id: 'a', title: 'A', dependsOn: [], undoable: false },
          { id: 'b', title: 'B', dependsOn: ['a'], undoable: false },
        ],
      });
      return (await startNextRun(trx, 'somewhere', claim))!.leases[0];
    });
    await knex('runs').update({ checked_at: knex.fn.now() });
  });

  const states = () =>
    knex('run_steps').orderBy('position').pluck<string[]>('state');

  it('ends a step and takes the next, with its output', async () => {
    const next = await continueChain(knex, lease, end, 'b', claim);
    expect(next).toMatchObject({
      stepId: 'b',
      attempt: 1,
      outputs: { a: { made: 'it' } },
    });
    expect(await states()).toEqual(['succeeded', 'running']);
    expect(next?.token).not.toBe(lease.token);
  });

  it.each([
    ['the lease was lost', 'run_steps', { lease_token: randomUUID() }],
    ['the run is being cancelled', 'runs', { state: 'cancelling' }],
    ['the rules must be asked again', 'runs', { checked_at: null }],
    ['there are secrets to redact', 'runs', { has_secrets: true }],
  ])('changes nothing where %s', async (_, table, change) => {
    await knex(table).update(change);
    expect(await continueChain(knex, lease, end, 'b', claim)).toBeUndefined();
    expect(await states()).toEqual(['running', 'pending']);
  });
});
