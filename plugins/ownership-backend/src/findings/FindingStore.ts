import { randomUUID } from 'node:crypto';
import type { OwnershipFinding } from '@slipway/plugin-ownership-common';
import type { Knex } from 'knex';

/** How findings are kept. */
export interface FindingRow {
  id: string;
  key: string;
  entity_ref: string;
  kind: OwnershipFinding['kind'];
  severity: OwnershipFinding['severity'];
  rank: number;
  owner: string | null;
  evidence: string[];
  suggestion: OwnershipFinding['suggestion'] | null;
  state: 'open' | 'snoozed' | 'closed';
  assignee: string | null;
  snoozed_until: Date | null;
  snooze_reason: string | null;
  snoozed_by: string | null;
  opened_at: Date;
  closed_at: Date | null;
  closed_because: string | null;
  told: boolean;
}

/** What people can change in a finding. */
export type FindingChange = Partial<
  Pick<
    FindingRow,
    'state' | 'assignee' | 'snoozed_until' | 'snooze_reason' | 'snoozed_by'
  >
>;

/** The gravest first. */
const SEVERITIES = ['high', 'medium', 'low'];

/** Work items about ownership. */
export class FindingStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Opens what was found, keeps what was open with its newest evidence, and closes what isn't found any more, for these entities.
   * Answers how many it touched.
   *
   * @param refs - the entities that were looked at, those without findings too
   */
  async settle(
    trx: Knex,
    refs: readonly string[],
    findings: readonly OwnershipFinding[],
    now: Date,
  ): Promise<number> {
    const keys = findings.map(({ key }) => key);
    const closed = await this.#close(trx, now, 'It was mended.', query =>
      query
        .whereIn('entity_ref', [...refs])
        .whereRaw('NOT (key = ANY (?))', [keys]),
    );
    if (findings.length === 0) {
      return closed;
    }
    const touched = await trx('findings')
      .insert(findings.map(finding => rowOf(finding, now)))
      .onConflict(trx.raw("(key) WHERE state <> 'closed'"))
      .merge(['severity', 'rank', 'owner', 'evidence', 'suggestion'])
      .whereRaw(
        `(findings.severity, findings.owner, findings.evidence, findings.suggestion)
          IS DISTINCT FROM (excluded.severity, excluded.owner, excluded.evidence, excluded.suggestion)`,
      )
      .returning('id');
    return closed + touched.length;
  }

  /** Closes what is about entities that are gone. */
  async closeGone(
    trx: Knex,
    refs: readonly string[],
    now: Date,
  ): Promise<void> {
    await this.#close(trx, now, 'The entity is gone.', query =>
      query.whereIn('entity_ref', [...refs]),
    );
  }

  /** Wakes what was snoozed until now; answers how many. */
  async wake(now: Date): Promise<number> {
    return this.#knex<FindingRow>('findings')
      .where({ state: 'snoozed' })
      .where('snoozed_until', '<=', now)
      .update({
        state: 'open',
        snoozed_until: null,
        snooze_reason: null,
        snoozed_by: null,
      });
  }

  /** Changes one that isn't closed; answers whether there is such a one. */
  async change(id: string, change: FindingChange): Promise<boolean> {
    const count = await this.#knex<FindingRow>('findings')
      .where({ id })
      .whereNot({ state: 'closed' })
      .update(change);
    return count > 0;
  }

  /** Those whose owner is still to be told, the oldest first. */
  async untold(limit: number): Promise<FindingRow[]> {
    return this.#knex<FindingRow>('findings')
      .where({ told: false })
      .orderBy('opened_at')
      .limit(limit);
  }

  async told(id: string): Promise<void> {
    await this.#knex<FindingRow>('findings')
      .where({ id })
      .update({ told: true });
  }

  async #close(
    trx: Knex,
    now: Date,
    why: string,
    which: (query: Knex.QueryBuilder<FindingRow>) => Knex.QueryBuilder,
  ): Promise<number> {
    return which(
      trx<FindingRow>('findings').whereNot({ state: 'closed' }),
    ).update({ state: 'closed', closed_at: now, closed_because: why });
  }
}

function rowOf(finding: OwnershipFinding, now: Date) {
  return {
    id: randomUUID(),
    key: finding.key,
    entity_ref: finding.entityRef,
    kind: finding.kind,
    severity: finding.severity,
    rank: SEVERITIES.indexOf(finding.severity),
    owner: finding.owner ?? null,
    evidence: JSON.stringify(finding.evidence),
    suggestion: finding.suggestion ? JSON.stringify(finding.suggestion) : null,
    state: 'open' as const,
    opened_at: now,
    // Of what keeps a file from being read, its owner is told: see `FindingNews`.
    told: finding.kind !== 'ingestion',
  };
}
