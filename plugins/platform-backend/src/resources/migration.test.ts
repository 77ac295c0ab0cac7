import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { migrations, platformDatabase } from '../__testUtils__/engine';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const RESOURCES = '20261125000000_resources.js';
const KEY_IDS = '20261125100000_secret_key_ids.js';

async function insertResource(
  knex: Knex,
  state: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const id = randomUUID();
  await knex('resources').insert({
    id,
    name: 'ledger',
    environment: 'dev',
    type: 'database',
    class: 'default',
    owner: 'group:default/payments',
    provider: 'test',
    definition: 'database',
    asked: '{}',
    parameters: '{}',
    retention_ms: 0,
    state,
    run_id: randomUUID(),
    created_by: 'user:default/mara',
    ...more,
  });
  return id;
}

describe('the migration of resources', () => {
  it('gives a name to one that exists in each environment', async () => {
    const knex = await platformDatabase(databases);
    const now = knex.fn.now();
    await insertResource(knex, 'destroyed');
    await insertResource(knex, 'destroyed', { deleted_at: now });
    await insertResource(knex, 'deleted', { deleted_at: now });
    // Being purged.
    await insertResource(knex, 'destroying', { deleted_at: now });
    await insertResource(knex, 'ready');
    await insertResource(knex, 'ready', { environment: 'prod' });
    for (const state of ['provisioning', 'ready', 'changing', 'failed']) {
      await expect(insertResource(knex, state)).rejects.toThrow(
        'resources_one_per_name',
      );
    }
    await expect(
      knex('resources').where({ state: 'deleted' }).update({
        state: 'changing',
        deleted_at: null,
      }),
    ).rejects.toThrow('resources_one_per_name');
  });

  it('takes connections away with their resource, and keeps none to nothing', async () => {
    const knex = await platformDatabase(databases);
    const id = await insertResource(knex, 'ready');
    const connection = {
      deployment_id: randomUUID(),
      service: 'orders',
      environment: 'dev',
      alias: 'db',
    };
    await knex('resource_connections').insert({
      ...connection,
      resource_id: id,
    });
    await expect(
      knex('resource_connections').insert({
        ...connection,
        alias: 'other',
        resource_id: randomUUID(),
      }),
    ).rejects.toThrow('foreign key');
    await knex('resources').where({ id }).delete();
    expect(await knex('resource_connections')).toEqual([]);
  });

  it('goes down with what is there, and up again', async () => {
    const knex = await platformDatabase(databases);
    const id = await insertResource(knex, 'ready');
    await knex('resource_connections').insert({
      deployment_id: randomUUID(),
      service: 'orders',
      environment: 'dev',
      alias: 'db',
      resource_id: id,
    });
    await knex.migrate.down({ ...migrations, name: RESOURCES });
    expect(await knex.schema.hasTable('resources')).toBe(false);
    expect(await knex.schema.hasTable('resource_connections')).toBe(false);
    await knex.migrate.up({ ...migrations, name: RESOURCES });
    await insertResource(knex, 'ready');
  });
});

describe('the migration of key ids', () => {
  it('goes up and down with secrets that are there', async () => {
    const knex = await platformDatabase(databases);
    const runId = randomUUID();
    await knex('runs').insert({
      id: runId,
      kind: 'deploy',
      kind_version: 1,
      title: 'Deploy',
      target: 'orders',
      state: 'succeeded',
      requested_by: 'user:default/mara',
      owner: 'group:default/payments',
      input: {},
    });
    await knex('run_secrets').insert({
      run_id: runId,
      fingerprint: 'f',
      ciphertext: Buffer.from('c'),
      key_id: 'key',
    });
    await knex.migrate.down({ ...migrations, name: KEY_IDS });
    expect(await knex.schema.hasColumn('run_secrets', 'key_id')).toBe(false);
    await knex.migrate.up({ ...migrations, name: KEY_IDS });
    expect(await knex('run_secrets').select('key_id')).toEqual([
      { key_id: null },
    ]);
  });
});
