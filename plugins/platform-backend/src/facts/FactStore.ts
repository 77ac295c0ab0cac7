import type { ArtifactFact } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { NewFact } from './factsOf';

interface FactRow {
  kind: ArtifactFact['kind'];
  state: ArtifactFact['state'];
  summary: string;
  findings: ArtifactFact['findings'];
  measured_at: Date;
}

/** What is known of artifacts, by digest. */
export class FactStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The newest counts: the same output may have been made twice. */
  async keep(digest: string, facts: NewFact[]): Promise<void> {
    if (facts.length === 0) {
      return;
    }
    await this.#knex('artifact_facts')
      .insert(
        facts.map(({ kind, state, summary, findings, document }) => ({
          digest,
          kind,
          state,
          summary,
          findings: JSON.stringify(findings),
          document: document ?? null,
          measured_at: this.#knex.raw('clock_timestamp()'),
        })),
      )
      .onConflict(['digest', 'kind'])
      .merge();
  }

  async list(digest: string): Promise<ArtifactFact[]> {
    const rows: FactRow[] = await this.#knex('artifact_facts')
      .where({ digest })
      .orderBy('kind')
      .select('kind', 'state', 'summary', 'findings', 'measured_at');
    return rows.map(({ measured_at: measuredAt, ...fact }) => ({
      ...fact,
      measuredAt: measuredAt.toISOString(),
    }));
  }

  /** The report of a kind, as it was made. */
  async document(
    digest: string,
    kind: ArtifactFact['kind'],
  ): Promise<string | undefined> {
    const row = await this.#knex('artifact_facts')
      .where({ digest, kind })
      .first<{ document: string | null } | undefined>('document');
    return row?.document ?? undefined;
  }
}
