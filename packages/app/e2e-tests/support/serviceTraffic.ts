import { Agent, request } from 'node:http';

/** What a service answered. */
export interface Answer {
  status: number;
  body: string;
}

/** Asks a service through the router; names below localhost needn't resolve on this machine. */
export function ask(
  url: string,
  urlPath = '/',
  agent?: Agent,
): Promise<Answer> {
  return send(url, urlPath, { agent });
}

/** Posts JSON to a service in the same way. */
export function post(
  url: string,
  urlPath: string,
  json: object,
): Promise<Answer> {
  return send(url, urlPath, { body: JSON.stringify(json) });
}

function send(
  url: string,
  urlPath: string,
  { agent, body: sent }: { agent?: Agent; body?: string },
): Promise<Answer> {
  const { host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path: urlPath,
        agent,
        method: sent === undefined ? 'GET' : 'POST',
        headers: {
          host,
          ...(sent !== undefined && { 'content-type': 'application/json' }),
        },
      },
      response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body }),
        );
        response.on('error', reject);
      },
    );
    asked.setTimeout(10_000, () => asked.destroy(new Error('timed out')));
    asked.on('error', reject);
    asked.end(sent);
  });
}

/** A steady stream of requests, and what came of them. */
export class Traffic {
  readonly failures: string[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #under = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  count = 0;

  /** Asks fifty times a second until {@link Traffic.stop}, at the most for two minutes. */
  constructor(
    url: string,
    private readonly urlPath = '/',
  ) {
    this.#timer = setInterval(() => {
      if (this.count < 6_000) {
        this.count += 1;
        const asked = this.#ask(url).finally(() => this.#under.delete(asked));
        this.#under.add(asked);
      }
    }, 20);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#under);
    this.#agent.destroy();
  }

  async #ask(url: string): Promise<void> {
    try {
      const { status } = await ask(url, this.urlPath, this.#agent);
      if (status !== 200) {
        this.failures.push(`answered ${status}`);
      }
    } catch (error) {
      this.failures.push(String(error));
    }
  }
}
