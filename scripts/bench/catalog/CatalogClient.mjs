/** Asks a backend as a signed-in person, one request after the other over connections that are kept. */
export class CatalogClient {
  #url;
  #headers;

  /**
   * @param {string} url - the backend's
   * @param {string} token - what authorizes the person's requests
   */
  constructor(url, token) {
    this.#url = url;
    this.#headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
  }

  /** @param {string} path - below /api */
  async get(path) {
    const response = await this.#ask(path);
    return await response.json();
  }

  /**
   * @param {string} path - below /api
   * @param {unknown} [body]
   */
  async post(path, body) {
    const response = await this.#ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return await response.text();
  }

  async #ask(path, init) {
    const response = await fetch(`${this.#url}/api${path}`, {
      ...init,
      headers: this.#headers,
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) {
      throw new Error(
        `${path} answered ${response.status}: ${await response.text()}`,
      );
    }
    return response;
  }
}
