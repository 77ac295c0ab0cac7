import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import express from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';

/** An operation of a document, with a request that is as it should be. */
export interface Operation {
  method: 'get' | 'post';
  path: string;
  /** The statuses that it documents. */
  answers: string[];
  url: string;
  body?: object;
  /** Answers an event stream, which the checker doesn't know. */
  isStream: boolean;
}

/**
 * Each operation of a document.
 *
 * @param options - `values`: what stands in paths for what doesn't exist, by parameter. `queries`: what can't be left out of a query,
 * by path. `bodies`: by path
 */
export function operationsOf(
  paths: object,
  options: {
    values: Record<string, string>;
    queries?: Record<string, string>;
    bodies?: Record<string, object>;
  },
): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries<{ responses: object; requestBody?: object }>(methods).map(
      ([method, operation]) => ({
        method: method as Operation['method'],
        path,
        answers: Object.keys(operation.responses),
        url:
          path.replaceAll(/\{(\w+)\}/g, (_, name) => options.values[name]) +
          (options.queries?.[path] ?? ''),
        body: operation.requestBody
          ? (options.bodies?.[path] ?? {})
          : undefined,
        isStream: path.endsWith('/stream'),
      }),
    ),
  );
}

/** The documented answers that weren't given; a failure of ours can't be asked for. */
export function unseenAnswers(
  of: readonly Operation[],
  seen: ReadonlySet<string>,
): string[] {
  return documentedAnswers(of).filter(
    answer => !seen.has(answer) && !answer.endsWith(' 500'),
  );
}

/** The answers that were given and aren't documented. */
export function undocumentedAnswers(
  of: readonly Operation[],
  seen: ReadonlySet<string>,
): string[] {
  const documented = documentedAnswers(of);
  return [...seen].filter(answer => !documented.includes(answer));
}

function documentedAnswers(of: readonly Operation[]): string[] {
  return of.flatMap(({ method, path, answers }) =>
    answers.map(answer => `${method} ${path} ${answer}`),
  );
}

/**
 * Calls a backend with a checker in between, which fails the test at whatever isn't as the document says, and keeps which of the
 * documented answers were given.
 */
export class DocumentedApi {
  readonly #checked: string;
  readonly #server: Server;
  readonly #seen: Set<string>;
  readonly #operations: readonly Operation[];
  readonly #base: string;

  protected constructor(options: {
    checked: string;
    server: Server;
    seen: Set<string>;
    operations: readonly Operation[];
    base: string;
  }) {
    this.#checked = options.checked;
    this.#server = options.server;
    this.#seen = options.seen;
    this.#operations = options.operations;
    this.#base = options.base;
  }

  /** @param seen - where several backends keep together what was answered */
  static async at(
    server: Server,
    api: { pluginId: string; operations: readonly Operation[] },
    seen = new Set<string>(),
  ): Promise<DocumentedApi> {
    const base = `/api/${api.pluginId}`;
    const app = express().use((incoming, response) => {
      // The checker looks for the document at the root.
      if (incoming.url === '/openapi.json') {
        incoming.url = `${base}/openapi.json`;
        incoming.originalUrl = incoming.url;
      }
      server.emit('request', incoming, response);
    });
    // The checker takes ::1 where it is listened on, even where localhost has no such address.
    const listen = (port: number) =>
      createServer(app).listen(port, '127.0.0.1');
    const wrapped = await wrapServer(Object.assign(app, { listen }));
    const { port } = wrapped.address() as AddressInfo;
    return new DocumentedApi({
      checked: `http://localhost:${port}`,
      server,
      seen,
      operations: api.operations,
      base,
    });
  }

  async call<T>(
    method: 'get' | 'post',
    url: string,
    who: { authorization: string },
    options: { body?: object; key?: string } = {},
  ): Promise<{ status: number; body: T; text: string; message: string }> {
    const operation = this.#operationAt(method, url);
    const target = operation?.isStream ? this.#server : this.#checked;
    const sent = request(target)[method](`${this.#base}${url}`).set(who);
    if (options.key !== undefined) {
      sent.set('idempotency-key', options.key);
    }
    const response = await (options.body ? sent.send(options.body) : sent);
    if (operation) {
      this.#seen.add(`${method} ${operation.path} ${response.status}`);
    }
    return {
      status: response.status,
      body: response.body,
      text: response.text,
      message: response.body?.error?.message,
    };
  }

  #operationAt(method: string, url: string): Operation | undefined {
    const [pathname] = url.split('?');
    const ofMethod = this.#operations.filter(one => one.method === method);
    return (
      ofMethod.find(({ path }) => path === pathname) ??
      ofMethod.find(({ path }) =>
        new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
      )
    );
  }
}
