import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  AuthenticationError,
  ConflictError,
  NotFoundError,
} from '@backstage/errors';
import type {
  AccessToken,
  CreatedAccessToken,
} from '@slipway/plugin-platform-common';
import type {
  AccessTokenRow,
  DatabaseAccessTokenStore,
} from './DatabaseAccessTokenStore';

/** What every token starts with, so that people and secret scanners recognise one. */
export const TOKEN_PREFIX = 'slw_';

/** How many tokens a person may have at a time. */
export const MAXIMUM_TOKENS = 20;

/** How exact the time of last use is. */
const USE_RECORDED_EVERY_MS = 60_000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Personal access tokens: 256 random bits each, of which only the SHA-256 is kept. */
export class AccessTokenService {
  readonly #store: DatabaseAccessTokenStore;
  readonly #settingsUrl: string;

  /** @param settingsUrl - where a person makes a new token; named in refusals */
  constructor(store: DatabaseAccessTokenStore, settingsUrl: string) {
    this.#store = store;
    this.#settingsUrl = settingsUrl;
  }

  async list(userRef: string): Promise<AccessToken[]> {
    return (await this.#store.list(userRef)).map(toAccessToken);
  }

  /** Makes a token; its secret is known now and never again. Throws `ConflictError` where there are too many, or one has that name. */
  async create(
    userRef: string,
    request: { name: string; expiresInDays?: number },
  ): Promise<CreatedAccessToken> {
    const token = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    const now = Date.now();
    const row: AccessTokenRow = {
      id: randomUUID(),
      name: request.name,
      userRef,
      secretHash: hash(token),
      createdAt: new Date(now).toISOString(),
      expiresAt:
        request.expiresInDays === undefined
          ? undefined
          : new Date(now + request.expiresInDays * DAY_MS).toISOString(),
    };
    const obstacle = await this.#store.insert(row, MAXIMUM_TOKENS);
    if (obstacle === 'name taken') {
      throw new ConflictError(
        `name: You have an access token "${row.name}" already. Choose another name, or revoke that one.`,
      );
    }
    if (obstacle === 'too many') {
      throw new ConflictError(
        `You have ${MAXIMUM_TOKENS} access tokens, the most there can be. Revoke one that you no longer use.`,
      );
    }
    return { ...toAccessToken(row), token };
  }

  /** Revokes a person's own token at once. Throws `NotFoundError` where they have none of that id. */
  async revoke(userRef: string, id: string): Promise<void> {
    if (!(await this.#store.revoke(id, userRef, new Date()))) {
      throw new NotFoundError('You have no such access token.');
    }
  }

  /** Revokes everything that a person has at once; answers how many there were. */
  revokeAll(userRef: string): Promise<number> {
    return this.#store.revokeAll(userRef, new Date());
  }

  /** Answers whose token it is. Throws `AuthenticationError` that says what is wrong with it. */
  async authenticate(token: string): Promise<string> {
    const row = await this.#store.findBySecretHash(hash(token));
    const now = new Date();
    if (!row) {
      throw this.#refuse('is not known');
    }
    if (row.revokedAt) {
      throw this.#refuse(`"${row.name}" was revoked`);
    }
    if (row.expiresAt && new Date(row.expiresAt) <= now) {
      throw this.#refuse(
        `"${row.name}" expired on ${row.expiresAt.slice(0, 10)}`,
      );
    }
    const lastUsed = row.lastUsedAt ? new Date(row.lastUsedAt).getTime() : 0;
    if (now.getTime() - lastUsed > USE_RECORDED_EVERY_MS) {
      await this.#store.used(row.id, now);
    }
    return row.userRef;
  }

  #refuse(why: string): AuthenticationError {
    return new AuthenticationError(
      `This access token ${why}. Make a new one at ${this.#settingsUrl} and use it as the password.`,
    );
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function toAccessToken(row: AccessTokenRow): AccessToken {
  const { id, name, createdAt, lastUsedAt, expiresAt } = row;
  return { id, name, createdAt, lastUsedAt, expiresAt };
}
