import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  mockServices,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import {
  DatabaseRunStore,
  RunEngine,
  RunEvents,
  RunLog,
  RunQueue,
  RunService,
} from '../runs';

/** Where the platform's migrations are. */
export const migrations = {
  directory: resolvePackagePath(
    '@slipway/plugin-platform-backend',
    'migrations',
  ),
};

/** A migrated database of the platform. */
export async function platformDatabase(
  databases: TestDatabases,
): Promise<Knex> {
  const knex = await databases.init('POSTGRES_18');
  await knex.migrate.latest(migrations);
  return knex;
}

/** One backend's run engine, on a database that others may share. */
export async function startEngine(knex: Knex, ...kinds: RunKind[]) {
  const logger = mockServices.logger.mock();
  const map = new Map(kinds.map(kind => [kind.id, kind]));
  const events = new RunEvents({ publish: async () => {} });
  const store = new DatabaseRunStore(knex);
  const log = new RunLog({ store, events, logger });
  const queue = await RunQueue.create({ knex, logger });
  const engine = new RunEngine({
    store,
    queue,
    events,
    log,
    kinds: map,
    logger,
  });
  const runs = new RunService({ store, engine, events, kinds: map });
  await engine.start();
  return { engine, runs, store };
}
