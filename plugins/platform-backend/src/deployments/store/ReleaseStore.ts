import type {
  Artifact,
  CommitSummary,
  Release,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { type ReleaseRow, toRelease, withoutFiles } from './rows';

/** A release with the files of its commit that say how it is run and rolled out. */
export type StoredRelease = Release & {
  /** `score.yaml`. */
  score: string;
  /** `delivery.yaml`; missing where the commit has none. */
  delivery?: string;
};

/** What a release is made from. */
export interface NewRelease {
  service: string;
  pipelineId: string;
  commit: CommitSummary;
  artifact: Artifact;
  score: string;
  delivery?: string;
  /** Where it isn't from the default one. */
  branch?: string;
}

/** Where releases live. */
export class ReleaseStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Makes the release of a pipeline, under the service's next number; answers the one that exists. */
  make(request: NewRelease): Promise<StoredRelease> {
    const { service, pipelineId, commit, artifact } = request;
    return this.#knex.transaction(async trx => {
      // Numbers of one service are given out one after the other, without gaps.
      await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 1))', [
        service,
      ]);
      const existing = await trx('releases')
        .where({ pipeline_id: pipelineId })
        .first<ReleaseRow | undefined>();
      if (existing) {
        return toRelease(existing);
      }
      const [row] = await trx('releases')
        .insert({
          id: randomUUID(),
          service,
          number: trx.raw(
            '(SELECT COALESCE(max(number), 0) + 1 FROM releases WHERE service = ?)',
            [service],
          ),
          pipeline_id: pipelineId,
          sha: commit.sha,
          commit: JSON.stringify(commit),
          artifact_digest: artifact.digest,
          score: request.score,
          delivery: request.delivery,
          branch: request.branch ?? null,
        })
        .returning<ReleaseRow[]>('*');
      return toRelease(row);
    });
  }

  async get(id: string): Promise<StoredRelease | undefined> {
    const row = await this.#knex('releases')
      .where({ id })
      .first<ReleaseRow | undefined>();
    return row && toRelease(row);
  }

  async byNumber(
    service: string,
    number: number,
  ): Promise<StoredRelease | undefined> {
    const row = await this.#knex('releases')
      .where({ service, number })
      .first<ReleaseRow | undefined>();
    return row && toRelease(row);
  }

  /** Those of the default branch, the newest first. */
  async list(service: string, limit: number): Promise<Release[]> {
    const rows = await this.#knex('releases')
      .where({ service, branch: null })
      .orderBy('number', 'desc')
      .limit(limit)
      .select<ReleaseRow[]>('*');
    return rows.map(withoutFiles);
  }

  /** The highest number that each service has from its default branch. */
  async newestNumbers(services: string[]): Promise<Map<string, number>> {
    const rows: Array<{ service: string; number: number }> = await this.#knex(
      'releases',
    )
      .whereIn('service', services)
      .whereNull('branch')
      .groupBy('service')
      .select('service')
      .max({ number: 'number' });
    return new Map(rows.map(row => [row.service, Number(row.number)]));
  }
}
