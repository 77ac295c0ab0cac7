import { ResponseError } from '@backstage/errors';
import type { StartOptions } from './options';
import { readEventStream } from './readEventStream';

/** How the client finds and calls the backend. */
export interface PlatformClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  /** Left out, the global `fetch`. */
  fetchApi?: { fetch: typeof fetch };
}

type Query = Record<string, string | number | boolean | string[] | undefined>;

interface Request extends StartOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  query?: Query;
  json?: unknown;
  body?: Uint8Array | Blob;
  /** Of the body; left out: a gzipped archive. */
  contentType?: string;
  accept?: string;
}

/** The one way requests go to a plugin of Slipway's backend; what each asks is in `calls/`. */
export class PlatformHttp {
  readonly #discoveryApi: PlatformClientOptions['discoveryApi'];
  readonly #pluginId: string;
  readonly #fetch: typeof fetch;

  /** @param options - `pluginId`: left out, `platform` */
  constructor(options: PlatformClientOptions & { pluginId?: string }) {
    this.#discoveryApi = options.discoveryApi;
    this.#pluginId = options.pluginId ?? 'platform';
    this.#fetch =
      options.fetchApi?.fetch ?? ((input, init) => fetch(input, init));
  }

  async json<T>(urlPath: string, request?: Request): Promise<T> {
    const response = await this.send(urlPath, request);
    return (await response.json()) as T;
  }

  /** The items of an answer that lists them all. */
  async items<T>(urlPath: string, request?: Request): Promise<T[]> {
    return (await this.json<{ items: T[] }>(urlPath, request)).items;
  }

  async *stream<T>(urlPath: string, request?: Request): AsyncIterable<T> {
    const response = await this.send(urlPath, {
      ...request,
      accept: 'text/event-stream',
    });
    if (response.body) {
      yield* readEventStream<T>(response.body);
    }
  }

  /** Throws `ResponseError` when the server refuses. */
  async send(urlPath: string, request: Request = {}): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl(this.#pluginId);
    const headers = new Headers();
    if (request.token) {
      headers.set('authorization', `Bearer ${request.token}`);
    }
    if (request.accept) {
      headers.set('accept', request.accept);
    }
    if (request.idempotencyKey !== undefined) {
      headers.set('idempotency-key', request.idempotencyKey);
    }
    let body: string | Uint8Array | Blob | undefined;
    if (request.json !== undefined) {
      headers.set('content-type', 'application/json');
      body = JSON.stringify(request.json);
    } else if (request.body) {
      headers.set('content-type', request.contentType ?? 'application/gzip');
      body = request.body;
    }
    const url = `${baseUrl}${urlPath}${queryString(request.query ?? {})}`;
    const init: RequestInit = {
      method: request.method ?? 'GET',
      headers,
      body: body as BodyInit | undefined,
      signal: request.signal,
    };
    const response = await this.#fetch(url, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** A path with each of its values encoded. */
export function path(
  strings: TemplateStringsArray,
  ...values: string[]
): string {
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}

function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) {
        search.append(key, String(item));
      }
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
