import type { ServerResponse } from 'node:http';

export function sendJson<T>(
  response: ServerResponse,
  body: T,
  status = 200,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** It is done, and there is nothing to say. */
export function sendNothing(response: ServerResponse): void {
  response.writeHead(204).end();
}
