import { InputError, NotAllowedError } from '@backstage/errors';
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The URLs by which other systems end waits: the wait's id, when it expires, and an HMAC-SHA256 of both. That a URL is
 * used once is the wait's own business.
 */
export class Callbacks {
  readonly #key: Buffer;
  readonly #baseUrl: () => Promise<string>;

  /** @param options - `key`: 32 bytes; `baseUrl`: of the platform's API, as others reach it */
  constructor(options: { key: Buffer; baseUrl: () => Promise<string> }) {
    this.#key = options.key;
    this.#baseUrl = options.baseUrl;
  }

  async url(wait: { id: string; due_at: Date | null }): Promise<string> {
    const expires = wait.due_at?.getTime() ?? 0;
    const url = new URL(`${await this.#baseUrl()}/callbacks/${wait.id}`);
    url.searchParams.set('expires', String(expires));
    url.searchParams.set('signature', this.#sign(wait.id, String(expires)));
    return url.href;
  }

  /** Throws where the URL isn't one that was given out, or has expired. */
  verify(id: string, given: { expires: string; signature: string }): void {
    const expected = Buffer.from(this.#sign(id, given.expires));
    const signature = Buffer.from(given.signature);
    if (
      signature.length !== expected.length ||
      !timingSafeEqual(signature, expected)
    ) {
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

  #sign(id: string, expires: string): string {
    return createHmac('sha256', this.#key)
      .update(`${id}:${expires}`)
      .digest('base64url');
  }
}
