import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  mockServices,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { createRuns, type Rules, type RunSecrets } from '../runs';

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

/** Rules that allow everything. */
export const allowAll: Rules = {
  decide: async ({ stage }) => ({
    decision: {
      stage,
      effect: 'allow',
      reasons: [],
      at: '2026-01-01T00:00:00.000Z',
    },
    approvals: [],
  }),
  resolveApprovers: async (_approvers, quorum) => ({
    approvers: ['group:default/payments'],
    approversText: 'payments',
    quorum,
  }),
};

/** Secrets that nothing is known of. */
export const noSecrets: RunSecrets = {
  register: async () => {},
  redactor: async () => ({
    active: false,
    text: value => value,
    json: value => value,
    hold: value => ({ text: value, held: '' }),
  }),
  requireReadable: async () => {},
  forget: () => {},
};

/** One backend's run engine, on a database that others may share. */
export async function startEngine(
  knex: Knex,
  kinds: RunKind[],
  options: {
    rules?: Rules;
    secrets?: RunSecrets;
    /** Left out: yes. */
    start?: boolean;
  } = {},
) {
  const runs = await createRuns({
    knex,
    logger: mockServices.logger.mock(),
    signals: { publish: async () => {} },
    rules: options.rules ?? allowAll,
    secrets: options.secrets ?? noSecrets,
    callbackKeys: [Buffer.alloc(32, 1)],
    baseUrl: async () => 'http://localhost/api/platform',
  });
  kinds.forEach(kind => runs.kinds.add(kind));
  if (options.start ?? true) {
    await runs.start();
  }
  return runs;
}
