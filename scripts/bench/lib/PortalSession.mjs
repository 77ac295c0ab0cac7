import { createParser } from 'eventsource-parser';

/** One person's signed-in session with a portal, as a browser would hold it. */
export class PortalSession {
  #portal;
  #cookie;
  #token;

  /** @param {import('../../lib/Portal.mjs').Portal} portal */
  constructor(portal) {
    this.#portal = portal;
  }

  /** What authorizes the person's requests; good for an hour. */
  get token() {
    return this.#token;
  }

  /** @param {string} user */
  async signIn(user) {
    const line = this.#portal.passwordLines.find(text =>
      text.startsWith(`${user} `),
    );
    const password = line?.trim().split(/\s+/)[1];
    const signedIn = await this.#auth('/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: user, password }),
    });
    this.#cookie = signedIn.headers
      .getSetCookie()
      .map(cookie => cookie.split(';')[0])
      .join('; ');
    const identity = await (await this.#auth('/refresh')).json();
    this.#token = identity.backstageIdentity.token;
  }

  /**
   * Calls a plugin's API; throws when it refuses.
   *
   * @param {string} path - below /api
   * @param {unknown} [body] - sent as JSON by POST
   * @param {string} [key] - the same for what is asked again
   */
  async call(path, body, key) {
    const response = await this.#request(path, body, key);
    return response.json();
  }

  /**
   * Follows a run as its page does, and answers it as it is at its end.
   *
   * @param {string} id
   */
  async followRun(id) {
    const { body } = await this.#request(`/platform/runs/${id}/stream`);
    const parts = [];
    const parser = createParser({
      onEvent: ({ data }) => parts.push(JSON.parse(data)),
    });
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      parser.feed(chunk);
    }
    return parts.findLast(({ type }) => type === 'run').run;
  }

  async #request(path, body, key) {
    const response = await fetch(`${this.#portal.url}/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        ...(key && { 'idempotency-key': key }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${path} answered ${response.status}: ${await response.text()}`,
      );
    }
    return response;
  }

  /** Submits the wizard of the Node.js service. */
  async createService(name, owner = 'group:default/payments') {
    await this.call('/scaffolder/v2/tasks', {
      templateRef: 'template:default/nodejs-service',
      values: { name, description: 'Made by the bench', owner },
    });
  }

  async #auth(path, init = {}) {
    const response = await fetch(`${this.#portal.url}/api/auth/local${path}`, {
      ...init,
      headers: {
        ...init.headers,
        'x-requested-with': 'XMLHttpRequest',
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
      },
    });
    if (!response.ok) {
      throw new Error(`Sign-in answered ${response.status}`);
    }
    return response;
  }
}
