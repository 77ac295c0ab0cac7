import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { RepositoryRow } from './types';

interface Row {
  id: string;
  name: string;
  description: string;
  owner: string;
  created_by: string;
  created_at: Date;
  creation_key: string | null;
  protected: boolean;
}

const UNIQUE_VIOLATION = '23505';

/** Which repositories exist, in PostgreSQL. */
export class DatabaseRepositoryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(name: string): Promise<RepositoryRow | undefined> {
    const row = await this.#knex<Row>('repositories').where({ name }).first();
    return row && fromRow(row);
  }

  async list(): Promise<RepositoryRow[]> {
    const rows = await this.#knex<Row>('repositories').orderBy('name');
    return rows.map(fromRow);
  }

  /**
   * Inserts a repository if `place` succeeds; `place` runs while nobody else can create, delete or tidy
   * up a repository of that name. Throws `ConflictError` where the name is taken.
   */
  async insert(
    repository: RepositoryRow,
    place: () => Promise<void>,
  ): Promise<void> {
    await this.withLock(repository.name, async transaction => {
      try {
        await transaction<Row>('repositories').insert({
          id: repository.id,
          name: repository.name,
          description: repository.description,
          owner: repository.owner,
          created_by: repository.createdBy,
          created_at: new Date(repository.createdAt),
          creation_key: repository.creationKey ?? null,
        });
      } catch (error) {
        if ((error as { code?: string }).code === UNIQUE_VIOLATION) {
          throw new ConflictError(nameTaken(repository.name));
        }
        throw error;
      }
      await place();
    });
  }

  /**
   * Deletes a repository if `remove` succeeds, under the same lock; answers whether there was one. With a creation key, one
   * that was created otherwise stays.
   */
  async delete(
    name: string,
    remove: (repository: RepositoryRow) => Promise<void>,
    creationKey?: string,
  ): Promise<boolean> {
    return this.withLock(name, async transaction => {
      const [row] = await transaction<Row>('repositories')
        .where({
          name,
          ...(creationKey !== undefined && { creation_key: creationKey }),
        })
        .delete()
        .returning('*');
      if (!row) {
        return false;
      }
      await remove(fromRow(row));
      return true;
    });
  }

  async protect(id: string, isProtected: boolean): Promise<void> {
    await this.#knex<Row>('repositories')
      .where({ id })
      .update({ protected: isProtected });
  }

  /** Answers whether there is such a repository. */
  async setOwner(name: string, owner: string): Promise<boolean> {
    const count = await this.#knex<Row>('repositories')
      .where({ name })
      .update({ owner });
    return count > 0;
  }

  /** Does something while nobody else creates or deletes a repository of that name. */
  async withLock<T>(
    name: string,
    action: (transaction: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(async transaction => {
      await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [
        `local-forge:${name}`,
      ]);
      return action(transaction);
    });
  }
}

/** What a person reads who asked for a name that is in use. */
export function nameTaken(name: string, by = 'a repository'): string {
  return `The name "${name}" is taken by ${by}. Choose another name, for example "${name}-2".`;
}

function fromRow(row: Row): RepositoryRow {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    owner: row.owner,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    ...(row.creation_key !== null && { creationKey: row.creation_key }),
    ...(row.protected && { isProtected: true }),
  };
}
