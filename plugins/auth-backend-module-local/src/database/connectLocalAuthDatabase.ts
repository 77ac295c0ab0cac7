import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** How knex finds this module's migrations; the auth plugin keeps its own beside them in the same database. */
export const localAuthMigrations: Knex.MigratorConfig = {
  directory: resolvePackagePath(
    '@slipway/plugin-auth-backend-module-local',
    'migrations',
  ),
  tableName: 'local_auth_knex_migrations',
};

/** Connects to the auth plugin's database and brings this module's tables up to date. */
export async function connectLocalAuthDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest(localAuthMigrations);
  }
  return knex;
}
