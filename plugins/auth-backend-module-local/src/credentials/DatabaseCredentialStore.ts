import type { Knex } from 'knex';

interface CredentialRow {
  user_ref: string;
  hash: string;
  created_at: Date;
  changed_at?: Date;
}

/** Hashed passwords by the user's entity reference, in PostgreSQL. */
export class DatabaseCredentialStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async findHash(userRef: string): Promise<string | undefined> {
    const row = await this.#table().where({ user_ref: userRef }).first();
    return row?.hash;
  }

  async listUsers(): Promise<string[]> {
    return this.#table().pluck('user_ref');
  }

  /** Leaves the credential alone where the user has one. */
  async addMissing(userRef: string, hash: string): Promise<void> {
    await this.#table()
      .insert({ user_ref: userRef, hash })
      .onConflict('user_ref')
      .ignore();
  }

  async change(userRef: string, hash: string): Promise<void> {
    await this.#table()
      .where({ user_ref: userRef })
      .update({ hash, changed_at: new Date() });
  }

  /** Removes the credentials of users, and with them their sessions. */
  async remove(userRefs: string[]): Promise<void> {
    await this.#table().whereIn('user_ref', userRefs).delete();
  }

  /**
   * Does work that only one backend may do at a time. The others wait; the lock goes with its holder, however that
   * ends.
   */
  async withLock<T>(work: () => Promise<T>): Promise<T> {
    return this.#knex.transaction(async transaction => {
      await transaction.raw(
        `select pg_advisory_xact_lock(hashtext('local_credentials'))`,
      );
      return work();
    });
  }

  #table() {
    return this.#knex<CredentialRow>('local_credentials');
  }
}
