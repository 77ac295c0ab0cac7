import { ConflictError } from '@backstage/errors';
import type { MergeRequestState } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { CommentRow, MergeRequestRow, ReviewRow } from './rows';

const UNIQUE_VIOLATION = '23505';
/** The most that are listed at once. */
const MAXIMUM_LISTED = 200;

/** Which are wanted; all left out: of every repository, whatever their state. */
export interface MergeRequestFilter {
  repositoryId?: string;
  state?: MergeRequestState;
  sourceBranch?: string;
  /** Those of repositories that these own. */
  owner?: string[];
}

/** How one ends, or goes on. */
export type Ending = Pick<MergeRequestRow, 'state'> &
  Partial<Pick<MergeRequestRow, 'merge_sha' | 'ended_by'>>;

/** Merge requests and what is said of them, in PostgreSQL. */
export class MergeRequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Throws `ConflictError` where one is open for the branch. */
  async insert(request: {
    repositoryId: string;
    title: string;
    description: string;
    sourceBranch: string;
    author: string;
    head: string;
    base: string;
  }): Promise<number> {
    try {
      return await this.#knex.transaction(async trx => {
        // Numbers of one repository are given out one after the other.
        await trx('repositories')
          .where({ id: request.repositoryId })
          .forUpdate()
          .first('id');
        const now = new Date();
        const [{ number }] = await trx('merge_requests')
          .insert({
            id: randomUUID(),
            repository_id: request.repositoryId,
            number: trx.raw(
              '(SELECT COALESCE(max(number), 0) + 1 FROM merge_requests WHERE repository_id = ?)',
              [request.repositoryId],
            ),
            title: request.title,
            description: request.description,
            state: 'open',
            source_branch: request.sourceBranch,
            author: request.author,
            head_sha: request.head,
            base_sha: request.base,
            created_at: now,
            updated_at: now,
          })
          .returning<Array<{ number: number }>>('number');
        return number;
      });
    } catch (error) {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) {
        throw new ConflictError(
          `There is an open merge request for ${request.sourceBranch} already. Push to it, or close it first.`,
        );
      }
      throw error;
    }
  }

  find(
    repositoryId: string,
    number: number,
  ): Promise<MergeRequestRow | undefined> {
    return this.#query()
      .where({ repository_id: repositoryId, number })
      .first<MergeRequestRow | undefined>();
  }

  /** What changed last first. */
  list(filter: MergeRequestFilter): Promise<MergeRequestRow[]> {
    const { repositoryId, state, sourceBranch, owner } = filter;
    const query = this.#query()
      .orderBy('updated_at', 'desc')
      .limit(MAXIMUM_LISTED);
    if (repositoryId) {
      query.where({ repository_id: repositoryId });
    }
    if (state) {
      query.where({ state });
    }
    if (sourceBranch) {
      query.where({ source_branch: sourceBranch });
    }
    if (owner) {
      query.whereIn('owner', owner);
    }
    return query;
  }

  /** Does something with one while nobody else merges, closes or opens it again. */
  async locked<T>(
    { id }: Pick<MergeRequestRow, 'id'>,
    action: (current: MergeRequestRow) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(async trx => {
      await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 2))', [
        id,
      ]);
      const current = await this.#query()
        .where('merge_requests.id', id)
        .first<MergeRequestRow>();
      return action(current);
    });
  }

  async describe(
    id: string,
    set: { title?: string; description?: string },
  ): Promise<void> {
    await this.#change(id, set);
  }

  /** Its branch has moved. */
  async moved(id: string, head: string, base: string): Promise<void> {
    await this.#change(id, { head_sha: head, base_sha: base });
  }

  async end(id: string, ending: Ending): Promise<void> {
    const isOpen = ending.state === 'open';
    await this.#change(id, {
      ...ending,
      ended_by: ending.ended_by ?? null,
      ended_at: isOpen ? null : new Date(),
    });
  }

  async comments(id: string): Promise<CommentRow[]> {
    return this.#knex('merge_request_comments')
      .where({ merge_request_id: id })
      .orderBy('created_at');
  }

  async comment(
    id: string,
    comment: Pick<CommentRow, 'author' | 'text' | 'sha'> &
      Partial<Pick<CommentRow, 'path' | 'line'>>,
  ): Promise<void> {
    await this.#knex('merge_request_comments').insert({
      ...comment,
      id: randomUUID(),
      merge_request_id: id,
      created_at: new Date(),
    });
    await this.#change(id, {});
  }

  /** The newest of each person, the oldest first. */
  async reviews(id: string): Promise<ReviewRow[]> {
    const rows: ReviewRow[] = await this.#knex('merge_request_reviews')
      .distinctOn('author')
      .where({ merge_request_id: id })
      .orderBy('author')
      .orderBy('created_at', 'desc');
    return rows.sort(
      (one, other) => one.created_at.getTime() - other.created_at.getTime(),
    );
  }

  async review(
    id: string,
    review: Omit<ReviewRow, 'created_at'>,
  ): Promise<void> {
    await this.#knex('merge_request_reviews').insert({
      ...review,
      id: randomUUID(),
      merge_request_id: id,
      created_at: new Date(),
    });
    await this.#change(id, {});
  }

  async #change(id: string, set: object): Promise<void> {
    await this.#knex('merge_requests')
      .where({ id })
      .update({ ...set, updated_at: new Date() });
  }

  #query() {
    return this.#knex('merge_requests')
      .join('repositories', 'repositories.id', 'repository_id')
      .select('merge_requests.*', 'repositories.name as repository', 'owner');
  }
}
