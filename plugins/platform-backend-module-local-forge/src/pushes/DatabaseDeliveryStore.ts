import type { Knex } from 'knex';

interface Row {
  repository_id: string;
  branch: string;
  sha: string | null;
  sequence: number;
  delivered_at: Date;
}

/** What was delivered last for a branch. */
export interface DeliveredBranch {
  branch: string;
  /** Missing once the branch was deleted. */
  sha?: string;
  /** Counts the deliveries of the branch, and goes on counting when it is created anew. */
  sequence: number;
}

/** What the platform was told about each branch, in PostgreSQL. */
export class DatabaseDeliveryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(repositoryId: string): Promise<DeliveredBranch[]> {
    const rows = await this.#knex<Row>('delivered_branches').where({
      repository_id: repositoryId,
    });
    return rows.map(({ branch, sha, sequence }) => ({
      branch,
      sha: sha ?? undefined,
      sequence,
    }));
  }

  /**
   * Records a delivery. Does nothing where another process has recorded this or a later one of the
   * branch, or where the repository has been deleted.
   */
  async record(
    repositoryId: string,
    { branch, sha, sequence }: DeliveredBranch,
  ): Promise<void> {
    await this.#knex.raw(
      `insert into delivered_branches (repository_id, branch, sha, sequence, delivered_at)
       select id, :branch, nullif(:sha, ''), :sequence, now() from repositories where id = :repositoryId
       on conflict (repository_id, branch) do update
       set sha = excluded.sha, sequence = excluded.sequence, delivered_at = excluded.delivered_at
       where delivered_branches.sequence < excluded.sequence`,
      { branch, sha: sha ?? '', sequence, repositoryId },
    );
  }
}
