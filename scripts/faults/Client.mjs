const CALL_LIMIT_MS = 10_000;

/** The answer of an API that refused. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} message
   */
  constructor(status, message) {
    super(`${status}: ${message}`);
    this.status = status;
  }
}

/** Calls the platform's API of any replica as one person. */
export class Client {
  #token;

  /** @param {string} token */
  constructor(token) {
    this.#token = token;
  }

  /**
   * Calls a replica; throws `Refused` where it refuses, and something else where it is not there.
   *
   * @param {import('./Replica.mjs').Replica} replica
   * @param {string} path - below /api/platform
   * @param {{ body?: unknown, idempotencyKey?: string }} [options] - sent by POST where there is a body
   */
  async call(replica, path, { body, idempotencyKey } = {}) {
    const response = await fetch(`${replica.url}/api/platform${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Refused(response.status, messageOf(text));
    }
    return text ? JSON.parse(text) : undefined;
  }
}

function messageOf(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return text.slice(0, 300);
  }
}
