import { InputError, NotAllowedError } from '@backstage/errors';
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The URLs by which other systems end waits: the wait's id, when it expires, and an HMAC-SHA256 of both. That a URL is
 * used once is the wait's own business.
 */
export class Callbacks {
  readonly #keys: readonly Buffer[];
  readonly #baseUrl: () => Promise<string>;

  /**
   * @param options - `keys`: of 32 bytes each; signed with the first, what any of them signed is ours. `baseUrl`: of the platform's API, as
   * others reach it
   */
  constructor(options: {
    keys: readonly Buffer[];
    baseUrl: () => Promise<string>;
  }) {
    this.#keys = options.keys;
    this.#baseUrl = options.baseUrl;
  }

  async url(wait: { id: string; due_at: Date | null }): Promise<string> {
    const expires = wait.due_at?.getTime() ?? 0;
    const url = new URL(`${await this.#baseUrl()}/callbacks/${wait.id}`);
    url.searchParams.set('expires', String(expires));
    const [key] = this.#keys;
    url.searchParams.set('signature', sign(key, wait.id, String(expires)));
    return url.href;
  }

  /** Throws where the URL isn't one that was given out, or has expired. */
  verify(id: string, given: { expires: string; signature: string }): void {
    const isOurs = this.#keys.some(key =>
      isEqual(given.signature, sign(key, id, given.expires)),
    );
    if (!isOurs) {
      throw new NotAllowedError(
        "This callback's signature is not ours. Use the URL exactly as it was given out.",
      );
    }
    if (Number(given.expires) < Date.now()) {
      throw new InputError(
        `This callback expired at ${new Date(Number(given.expires)).toISOString()}. Retry the run for a new one.`,
      );
    }
  }
}

function sign(key: Buffer, id: string, expires: string): string {
  return createHmac('sha256', key)
    .update(`${id}:${expires}`)
    .digest('base64url');
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
