import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { migrations, ownershipDatabase } from './__testUtils__/database';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('migrations', () => {
  it('go up, down with data, and up again', async () => {
    const knex = await ownershipDatabase(databases);
    const transfer = async () => {
      const id = randomUUID();
      await knex('transfers').insert({
        id,
        state: 'offered',
        to: 'group:default/payments',
        reason: 'It fits there.',
        offered_by: 'user:default/mara',
        offered_at: new Date(),
      });
      await knex('transfer_entities').insert({
        transfer_id: id,
        entity_ref: 'component:default/orders',
      });
    };
    await transfer();
    await expect(transfer()).rejects.toThrow('transfer_entities_once');
    await knex.migrate.rollback(migrations, true);
    expect(await knex.schema.hasTable('entities')).toBe(false);
    await knex.migrate.latest(migrations);
    await transfer();
  });
});
