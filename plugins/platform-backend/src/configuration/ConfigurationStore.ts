import type {
  ConfigurationChange,
  ConfigurationVersion,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** A service in an environment. */
export interface Place {
  service: string;
  environment: string;
}

/** One row of `configuration_changes`. */
export interface ChangeRow extends Place {
  id: string;
  version: number | null;
  base_version: number;
  variables: Record<string, string>;
  secrets: Buffer | null;
  secrets_key: string | null;
  changes: ConfigurationChange[];
  reason: string | null;
  changed_by: string;
  run_id: string;
  created_at: Date;
  applied_at: Date | null;
}

/** A change that is asked for: all of the configuration as it would be. */
export type NewChange = Omit<
  ChangeRow,
  'version' | 'created_at' | 'applied_at'
>;

/** Where configurations live. */
export class ConfigurationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(trx: Knex.Transaction, change: NewChange): Promise<void> {
    await trx('configuration_changes').insert({
      ...change,
      variables: JSON.stringify(change.variables),
      changes: JSON.stringify(change.changes),
    });
  }

  async get(id: string): Promise<ChangeRow | undefined> {
    return this.#knex('configuration_changes').where({ id }).first();
  }

  /** What is in force. */
  async current({
    service,
    environment,
  }: Place): Promise<ChangeRow | undefined> {
    return this.#knex('configuration_changes')
      .where({ service, environment })
      .whereNotNull('version')
      .orderBy('version', 'desc')
      .first();
  }

  /** Brings a change into force; `undefined` where what it changes isn't the newest any more. Does nothing where it is in force. */
  async apply(id: string): Promise<ChangeRow | undefined> {
    return this.#knex.transaction(async trx => {
      const row: ChangeRow | undefined = await trx('configuration_changes')
        .where({ id })
        .first();
      if (!row || row.version !== null) {
        return row;
      }
      const { service, environment } = row;
      await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 2))', [
        `${service} ${environment}`,
      ]);
      const [{ newest }]: Array<{ newest: number | null }> = await trx(
        'configuration_changes',
      )
        .where({ service, environment })
        .max({ newest: 'version' });
      if ((newest ?? 0) !== row.base_version) {
        return undefined;
      }
      const [applied] = await trx('configuration_changes')
        .where({ id, version: null })
        .update({
          version: row.base_version + 1,
          applied_at: trx.raw('clock_timestamp()'),
        })
        .returning<ChangeRow[]>('*');
      return applied ?? trx('configuration_changes').where({ id }).first();
    });
  }

  /** Those that are or were in force, the newest first. */
  async history(
    { service, environment }: Place,
    limit: number,
  ): Promise<ConfigurationVersion[]> {
    const rows: ChangeRow[] = await this.#knex('configuration_changes')
      .where({ service, environment })
      .whereNotNull('version')
      .orderBy('version', 'desc')
      .limit(limit);
    return rows.map(row => ({
      version: row.version ?? 0,
      reason: row.reason ?? undefined,
      changedBy: row.changed_by,
      changedAt: (row.applied_at ?? row.created_at).toISOString(),
      runId: row.run_id,
      changes: row.changes,
    }));
  }

  /** Which were encrypted with one of these keys, in the order of their ids. */
  async encryptedWith(
    keyIds: string[],
    page: { limit: number; after: string | undefined },
  ): Promise<ChangeRow[]> {
    const query = this.#knex('configuration_changes')
      .whereIn('secrets_key', keyIds)
      .orderBy('id')
      .limit(page.limit);
    if (page.after) {
      query.andWhere('id', '>', page.after);
    }
    return query;
  }

  /** Stores the same secrets as they are encrypted now. */
  async replaceSecrets(
    read: Pick<ChangeRow, 'id' | 'secrets_key'>,
    now: Pick<ChangeRow, 'secrets' | 'secrets_key'>,
  ): Promise<boolean> {
    const changed = await this.#knex('configuration_changes')
      .where({ id: read.id, secrets_key: read.secrets_key })
      .update(now);
    return changed > 0;
  }
}
