import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import express from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { spec } from '../openapi';

/** An id that nothing has. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';

const RUN = { kind: 'note', input: { text: 'x' } };

/** What can't be left out of a query. */
const QUERIES: Record<string, string> = {
  '/callbacks/{id}': '?expires=1&signature=forged',
  '/resource-definitions/explain': '?type=database&environment=dev',
};

/** Each operation of the document, with a request that is as it should be. */
export const operations = Object.entries(spec.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const isOpen = path.startsWith('/callbacks');
      const bodies: Record<string, object> = {
        '/runs': RUN,
        '/runs/plan': RUN,
      };
      return {
        method: method as 'get' | 'post',
        path,
        answers: Object.keys(operation.responses),
        url: path.replace('{id}', NOBODY) + (QUERIES[path] ?? ''),
        body: 'requestBody' in operation ? (bodies[path] ?? {}) : undefined,
        /** Needs no token. */
        isOpen,
        isStream: path.endsWith('/stream'),
      };
    }),
);

export type Operation = (typeof operations)[number];

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
export function undocumentedAnswers(seen: ReadonlySet<string>): string[] {
  const documented = documentedAnswers(operations);
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

  private constructor(options: {
    checked: string;
    server: Server;
    seen: Set<string>;
  }) {
    this.#checked = options.checked;
    this.#server = options.server;
    this.#seen = options.seen;
  }

  /** @param seen - where several backends keep together what was answered */
  static async of(
    server: Server,
    seen = new Set<string>(),
  ): Promise<DocumentedApi> {
    const app = express().use((incoming, response) => {
      // The checker looks for the document at the root.
      if (incoming.url === '/openapi.json') {
        incoming.url = '/api/platform/openapi.json';
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
    });
  }

  async call<T>(
    method: 'get' | 'post',
    url: string,
    who: { authorization: string },
    options: { body?: object; key?: string } = {},
  ): Promise<{ status: number; body: T; text: string; message: string }> {
    const operation = operationAt(method, url);
    // The checker knows no event streams.
    const target = operation?.isStream ? this.#server : this.#checked;
    const sent = request(target)[method](`/api/platform${url}`).set(who);
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
}

function operationAt(method: string, url: string): Operation | undefined {
  const [pathname] = url.split('?');
  const ofMethod = operations.filter(operation => operation.method === method);
  return (
    ofMethod.find(({ path }) => path === pathname) ??
    ofMethod.find(({ path }) =>
      new RegExp(`^${path.replace('{id}', '[^/]+')}$`).test(pathname),
    )
  );
}
