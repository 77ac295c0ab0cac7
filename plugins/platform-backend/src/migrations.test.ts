import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { migrations, platformDatabase } from './__testUtils__/engine';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('migrations', () => {
  it('go up, hold data, and go down to nothing', async () => {
    const knex = await platformDatabase(databases);
    const id = randomUUID();
    await knex('runs').insert({
      id,
      kind: 'deploy',
      kind_version: 1,
      title: 'Deploy',
      target: 'deploy:orders:dev',
      state: 'running',
      requested_by: 'user:default/mara',
      owner: 'group:default/payments',
      input: {},
    });
    await expect(
      knex('runs').insert({
        id: randomUUID(),
        kind: 'deploy',
        kind_version: 1,
        title: 'Deploy',
        target: 'deploy:orders:dev',
        state: 'running',
        requested_by: 'user:default/mara',
        owner: 'group:default/payments',
        input: {},
      }),
    ).rejects.toThrow('runs_one_active_per_target');
    await knex.migrate.rollback(migrations, true);
    expect(await knex.schema.hasTable('runs')).toBe(false);
    await knex.migrate.latest(migrations);
    expect(await knex.schema.hasTable('deployments')).toBe(true);
  });
});
