import type {
  ConfigurationChange,
  ServiceChange,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** Longer values aren't told whole, in characters. */
const LONGEST_VALUE = 200;

interface ChangeRow {
  key: string;
  service: string;
  environment: string;
  at: Date;
  actor: string;
  /** Of a release. */
  before: string | null;
  after: string | null;
  /** Of a configuration. */
  changes: ConfigurationChange[] | null;
}

/** What happened to services: releases that took over, and configuration that came into force. */
export class ServiceHistoryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The oldest first, from a moment on; of those of one moment, those after a key. */
  async list(
    from: { at: string; key: string },
    limit: number,
  ): Promise<ServiceChange[]> {
    const { rows } = await this.#knex.raw<{ rows: ChangeRow[] }>(
      `SELECT * FROM (
         SELECT 'deployment:' || d.id AS key, d.service, d.environment, date_trunc('milliseconds', d.served_at) AS at, d.requested_by AS actor,
           'v' || p.number || ' ' || left(p.sha, 7) AS before, 'v' || r.number || ' ' || left(r.sha, 7) AS after, NULL::jsonb AS changes
         FROM deployments d JOIN releases r ON r.id = d.release_id
         LEFT JOIN deployments b ON b.id = d.previous_id LEFT JOIN releases p ON p.id = b.release_id
         WHERE d.served_at IS NOT NULL
         UNION ALL
         SELECT 'configuration:' || id, service, environment, date_trunc('milliseconds', applied_at), changed_by, NULL, NULL, changes
         FROM configuration_changes WHERE applied_at IS NOT NULL
       ) changed
       WHERE (at, key) > (?::timestamptz, ?)
       ORDER BY at, key LIMIT ?`,
      [from.at, from.key, limit],
    );
    return rows.map(toChange);
  }
}

function toChange(row: ChangeRow): ServiceChange {
  const { key, service, environment, at, actor, before, after, changes } = row;
  return {
    key,
    service,
    at: at.toISOString(),
    actor,
    fields: changes
      ? changes.map(change => toField(change, environment))
      : [
          {
            field: `release in ${environment}`,
            before: before ?? undefined,
            after: after ?? undefined,
          },
        ],
  };
}

/** Of a secret, that it was changed. */
function toField(
  { key, isSecret, action, from, to }: ConfigurationChange,
  environment: string,
): ServiceChange['fields'][number] {
  const field = `${key} in ${environment}`;
  if (isSecret) {
    return {
      field,
      ...(action !== 'add' && { before: 'a secret' }),
      ...(action !== 'remove' && {
        after: action === 'add' ? 'a secret' : 'another secret',
      }),
    };
  }
  return { field, before: shortened(from), after: shortened(to) };
}

function shortened(value: string | undefined): string | undefined {
  return value && value.length > LONGEST_VALUE
    ? `${value.slice(0, LONGEST_VALUE)}…`
    : value;
}
