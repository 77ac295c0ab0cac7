import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request with what is needed to answer it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  /** What the address says where the route has `:name`. */
  params: Record<string, string>;
}

/** Handlers by method and path: `GET /workloads/:service/:environment`. */
export type Routes = Record<
  string,
  (exchange: Exchange) => Promise<void> | void
>;
