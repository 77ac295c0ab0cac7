import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

/** Where the plugin's migrations are. */
export const migrations = {
  directory: resolvePackagePath(
    '@slipway/plugin-ownership-backend',
    'migrations',
  ),
};

/** A migrated database of the plugin. */
export async function ownershipDatabase(
  databases: TestDatabases,
): Promise<Knex> {
  const knex = await databases.init('POSTGRES_18');
  await knex.migrate.latest(migrations);
  return knex;
}
