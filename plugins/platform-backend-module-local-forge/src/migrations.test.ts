import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseDeliveryStore } from './pushes/DatabaseDeliveryStore';
import { MergeRequestStore } from './merge-requests/MergeRequestStore';
import { DatabaseRepositoryStore } from './repositories/DatabaseRepositoryStore';
import { DatabaseAccessTokenStore } from './tokens/DatabaseAccessTokenStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const MIGRATIONS = {
  directory: `${__dirname}/../migrations`,
  tableName: 'forge_knex_migrations',
};

async function tables(knex: Knex): Promise<string[]> {
  const rows = await knex('information_schema.tables')
    .where({ table_schema: 'public' })
    .select('table_name');
  return rows.map(row => row.table_name).sort();
}

describe('migrations', () => {
  it('20261123210000_init: up, with data, down and up again', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.up(MIGRATIONS);

    const repositories = new DatabaseRepositoryStore(knex);
    const deliveries = new DatabaseDeliveryStore(knex);
    const tokens = new DatabaseAccessTokenStore(knex);
    const at = new Date().toISOString();
    const id = randomUUID();
    const repository = {
      id,
      name: 'shop',
      description: '',
      owner: 'group:default/payments',
      createdBy: 'user:default/mara',
      createdAt: at,
    };
    await knex.migrate.up(MIGRATIONS);
    await repositories.insert(repository, async () => undefined);
    await expect(
      repositories.insert(
        { ...repository, id: randomUUID() },
        async () => undefined,
      ),
    ).rejects.toThrow('The name "shop" is taken');
    expect(await repositories.list()).toEqual([repository]);

    const sha = 'a'.repeat(40);
    await deliveries.record(id, { branch: 'main', sha, sequence: 1 });
    await deliveries.record(id, { branch: 'main', sequence: 2 });
    await deliveries.record(id, { branch: 'main', sha, sequence: 1 });
    await deliveries.record(randomUUID(), { branch: 'x', sha, sequence: 1 });
    expect(await deliveries.list(id)).toEqual([
      { branch: 'main', sha: undefined, sequence: 2 },
    ]);
    const token = {
      id: randomUUID(),
      name: 'laptop',
      userRef: 'user:default/mara',
      secretHash: 'b'.repeat(64),
      createdAt: at,
    };
    expect(await tokens.insert(token, 1)).toBeUndefined();
    const other = { id: randomUUID(), secretHash: 'c'.repeat(64) };
    expect(await tokens.insert({ ...token, ...other }, 1)).toBe('name taken');
    const named = { ...token, ...other, name: 'desktop' };
    expect(await tokens.insert(named, 1)).toBe('too many');
    expect(await repositories.delete('shop', async () => undefined)).toBe(true);
    expect(await knex('delivered_branches')).toEqual([]);

    await knex.migrate.rollback(MIGRATIONS, true);
    expect(await tables(knex)).toEqual([
      'forge_knex_migrations',
      'forge_knex_migrations_lock',
    ]);
    await knex.migrate.latest(MIGRATIONS);
    expect(await repositories.list()).toEqual([]);
  });

  it('20261124000000_creation_key: up, with data, down and up again', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest(MIGRATIONS);
    const repositories = new DatabaseRepositoryStore(knex);
    const repository = {
      id: randomUUID(),
      name: 'shop',
      description: '',
      owner: 'group:default/payments',
      createdBy: 'user:default/mara',
      createdAt: new Date().toISOString(),
    };
    const keyed = {
      ...repository,
      id: randomUUID(),
      name: 'stall',
      creationKey: 'run-1',
    };
    await repositories.insert(repository, async () => undefined);
    await repositories.insert(keyed, async () => undefined);
    expect(await repositories.list()).toEqual([repository, keyed]);

    await knex.migrate.down(MIGRATIONS);
    await knex.migrate.down(MIGRATIONS);
    await knex.migrate.latest(MIGRATIONS);
    const { creationKey: _, ...unkeyed } = keyed;
    expect(await repositories.list()).toEqual([repository, unkeyed]);
  });

  it('20261126030000_merge_requests: up, with data, down and up again', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest(MIGRATIONS);
    const repositories = new DatabaseRepositoryStore(knex);
    const mergeRequests = new MergeRequestStore(knex);
    const repository = {
      id: randomUUID(),
      name: 'shop',
      description: '',
      owner: 'group:default/payments',
      createdBy: 'user:default/mara',
      createdAt: new Date().toISOString(),
    };
    await repositories.insert(repository, async () => undefined);
    await repositories.protect(repository.id, true);
    await mergeRequests.insert({
      repositoryId: repository.id,
      title: 'Make it faster',
      description: '',
      sourceBranch: 'faster',
      author: 'user:default/mara',
      head: 'b'.repeat(40),
      base: 'a'.repeat(40),
    });
    expect(await repositories.list()).toEqual([
      { ...repository, isProtected: true },
    ]);

    await knex.migrate.down(MIGRATIONS);
    await knex.migrate.latest(MIGRATIONS);
    expect(await repositories.list()).toEqual([repository]);
    expect(await mergeRequests.list({})).toEqual([]);
  });
});
