import { TestDatabases } from '@backstage/backend-test-utils';
import { localAuthMigrations } from './connectLocalAuthDatabase';

jest.setTimeout(60_000);

describe('migrations', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it('20261123000000_init.js', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.up(localAuthMigrations);

    const userRef = 'user:default/mara';
    await knex('local_credentials').insert({ user_ref: userRef, hash: 'h' });
    await knex('local_sessions').insert({
      id_hash: 'i',
      user_ref: userRef,
      expires_at: new Date(),
    });
    await knex('local_attempts').insert({ key: 'k', points: 1, expire: 1 });
    await expect(
      knex('local_sessions').insert({
        id_hash: 'j',
        user_ref: 'user:default/nobody',
        expires_at: new Date(),
      }),
    ).rejects.toThrow(/foreign key/);
    await knex('local_credentials').delete();
    expect(await knex('local_sessions')).toEqual([]);

    await knex.migrate.down(localAuthMigrations);
    for (const table of [
      'local_credentials',
      'local_sessions',
      'local_attempts',
    ]) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
  });
});
