import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';

interface SessionRow {
  id_hash: string;
  user_ref: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

/** A session as its bearer knows it. */
export interface Session {
  /** 256 random bits; the database has only a hash of it. */
  id: string;
  userRef: string;
  expiresAt: Date;
}

/** Who is signed in, in PostgreSQL: a session outlives the backend that opened it. */
export class DatabaseSessionStore {
  readonly #knex: Knex;
  readonly #durationMs: number;

  /** @param options - `durationMs`: after how long without use a session ends */
  constructor(options: { knex: Knex; durationMs: number }) {
    this.#knex = options.knex;
    this.#durationMs = options.durationMs;
  }

  async open(userRef: string): Promise<Session> {
    const id = randomBytes(32).toString('base64url');
    const expiresAt = this.#expiry();
    await this.#table().where('expires_at', '<', new Date()).delete();
    await this.#table().insert({
      id_hash: hashId(id),
      user_ref: userRef,
      expires_at: expiresAt,
    });
    return { id, userRef, expiresAt };
  }

  /** Finds a session that has not ended, and counts this as use of it. */
  async use(id: string): Promise<Session | undefined> {
    const now = new Date();
    const expiresAt = this.#expiry();
    const [row] = await this.#table()
      .where({ id_hash: hashId(id) })
      .andWhere('expires_at', '>', now)
      .update({ last_seen_at: now, expires_at: expiresAt })
      .returning('user_ref');
    return row && { id, userRef: row.user_ref, expiresAt };
  }

  async close(id: string): Promise<void> {
    await this.#table()
      .where({ id_hash: hashId(id) })
      .delete();
  }

  /** Ends all sessions of a user, but for the one whose id is given. */
  async closeAll(userRef: string, exceptId?: string): Promise<void> {
    const sessions = this.#table().where({ user_ref: userRef });
    if (exceptId) {
      sessions.whereNot({ id_hash: hashId(exceptId) });
    }
    await sessions.delete();
  }

  #expiry(): Date {
    return new Date(Date.now() + this.#durationMs);
  }

  #table() {
    return this.#knex<SessionRow>('local_sessions');
  }
}

function hashId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
