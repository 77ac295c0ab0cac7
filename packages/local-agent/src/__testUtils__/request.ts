import http, { type Agent, type IncomingHttpHeaders } from 'node:http';

/** What came back. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends a request with any host name to a port of this machine. */
export function request(
  port: number,
  host: string,
  options: {
    path?: string;
    method?: string;
    body?: string;
    headers?: Record<string, string>;
    agent?: Agent;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        host: '127.0.0.1',
        port,
        path: options.path ?? '/',
        method: options.method ?? 'GET',
        agent: options.agent ?? false,
        headers: { host, ...options.headers },
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(options.body);
  });
}

/** Waits for a condition, and says what was last seen where it never comes. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  isRight: (seen: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) {
      return seen;
    }
    if (Date.now() > deadline) {
      throw new Error(`Never came about; last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
