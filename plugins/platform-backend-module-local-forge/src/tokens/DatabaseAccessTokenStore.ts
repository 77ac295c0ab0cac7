import type { Knex } from 'knex';

/** A personal access token as it is stored: without its secret. Times are ISO 8601 in UTC. */
export interface AccessTokenRow {
  id: string;
  name: string;
  userRef: string;
  secretHash: string;
  createdAt: string;
  lastUsedAt?: string;
  expiresAt?: string;
  revokedAt?: string;
}

interface Row {
  id: string;
  name: string;
  user_ref: string;
  secret_hash: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

/** Personal access tokens in PostgreSQL. */
export class DatabaseAccessTokenStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds a token unless the person has `maximum` already, or one of that name; answers what was in the way, or nothing. */
  async insert(
    token: AccessTokenRow,
    maximum: number,
  ): Promise<'too many' | 'name taken' | undefined> {
    return this.#knex.transaction(async transaction => {
      await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [
        `access-tokens:${token.userRef}`,
      ]);
      const existing = await transaction<Row>('access_tokens')
        .where({ user_ref: token.userRef })
        .whereNull('revoked_at')
        .select('name');
      if (existing.some(({ name }) => name === token.name)) {
        return 'name taken';
      }
      if (existing.length >= maximum) {
        return 'too many';
      }
      await transaction<Row>('access_tokens').insert({
        id: token.id,
        name: token.name,
        user_ref: token.userRef,
        secret_hash: token.secretHash,
        created_at: new Date(token.createdAt),
        expires_at: token.expiresAt ? new Date(token.expiresAt) : undefined,
      });
      return undefined;
    });
  }

  async findBySecretHash(
    secretHash: string,
  ): Promise<AccessTokenRow | undefined> {
    const row = await this.#knex<Row>('access_tokens')
      .where({ secret_hash: secretHash })
      .first();
    return row && fromRow(row);
  }

  /** The tokens of a person that are not revoked, newest first. */
  async list(userRef: string): Promise<AccessTokenRow[]> {
    const rows = await this.#knex<Row>('access_tokens')
      .where({ user_ref: userRef })
      .whereNull('revoked_at')
      .orderBy('created_at', 'desc');
    return rows.map(fromRow);
  }

  async used(id: string, at: Date): Promise<void> {
    await this.#knex<Row>('access_tokens')
      .where({ id })
      .update({ last_used_at: at });
  }

  /** Revokes a person's own token; answers whether there was one. */
  async revoke(id: string, userRef: string, at: Date): Promise<boolean> {
    const count = await this.#knex<Row>('access_tokens')
      .where({ id, user_ref: userRef })
      .whereNull('revoked_at')
      .update({ revoked_at: at });
    return count > 0;
  }

  /** Answers how many were revoked. */
  async revokeAll(userRef: string, at: Date): Promise<number> {
    return this.#knex<Row>('access_tokens')
      .where({ user_ref: userRef })
      .whereNull('revoked_at')
      .update({ revoked_at: at });
  }
}

function fromRow(row: Row): AccessTokenRow {
  return {
    id: row.id,
    name: row.name,
    userRef: row.user_ref,
    secretHash: row.secret_hash,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString(),
    expiresAt: row.expires_at?.toISOString(),
    revokedAt: row.revoked_at?.toISOString(),
  };
}
