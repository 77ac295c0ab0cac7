import type { CommitStatus } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** What pipelines have come to, by commit. */
export class CommitStatusStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Nothing happens where there is no such repository. */
  async set(
    repository: string,
    sha: string,
    { state, url }: CommitStatus,
  ): Promise<void> {
    await this.#knex.raw(
      `INSERT INTO commit_statuses (repository_id, sha, state, url, updated_at)
       SELECT id, :sha, :state, :url, clock_timestamp() FROM repositories WHERE name = :repository
       ON CONFLICT (repository_id, sha) DO UPDATE SET state = excluded.state, url = excluded.url, updated_at = excluded.updated_at`,
      { repository, sha, state, url },
    );
  }

  async get(
    repositoryId: string,
    sha: string,
  ): Promise<CommitStatus | undefined> {
    return this.#knex('commit_statuses')
      .where({ repository_id: repositoryId, sha })
      .first<CommitStatus | undefined>('state', 'url');
  }
}
