import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { mockServices } from '@backstage/backend-test-utils';
import { PlatformClient, type Run } from '@slipway/plugin-platform-common';
import type { PlatformAccessOptions } from '../PlatformAccess';
import { RunWatch } from '../runs/RunWatch';
import { buildRun } from './buildRun';
import { signalOf } from './signalOf';

/** Where the portal is, as far as links are concerned. */
export const PORTAL_URL = 'https://portal.example.com';

/** A request that was answered. */
export interface Asked {
  route: string;
  query: Record<string, string>;
  body: Buffer;
  token?: string;
}

/** A server that answers the platform's routes for runs over real HTTP, and signals each change. */
export class FakePlatform {
  readonly runs = new Map<string, Run>();
  readonly asked: Asked[] = [];
  /** What the next runs are like when they are started. */
  next: Partial<Run> = {};
  /** The message with which starting is refused. */
  refusal?: string;
  /** How many of the next answers to a start get lost after it happened. */
  lostAnswers = 0;
  readonly #byKey = new Map<string, Run>();
  readonly #events = mockServices.events();

  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(error => response.destroy(error));
  });

  async start(): Promise<PlatformAccessOptions> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    return {
      auth: mockServices.auth(),
      platform: new PlatformClient({
        discoveryApi: { getBaseUrl: async () => this.url },
      }),
      portalUrl: PORTAL_URL,
      watch: await RunWatch.create(this.#events),
    };
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** Changes a run, and signals it. */
  async change(id: string, change: Partial<Run>): Promise<void> {
    const run = { ...this.runs.get(id)!, ...change };
    this.runs.set(id, run);
    await this.#events.publish(signalOf(id));
  }

  /** The requests to routes that begin like this. */
  askedFor(route: string): Asked[] {
    return this.asked.filter(asked => asked.route.startsWith(route));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '', 'http://platform');
    const route = `${request.method} ${url.pathname}`;
    this.asked.push({
      route,
      query: Object.fromEntries(url.searchParams),
      body: await buffer(request),
      token: request.headers.authorization,
    });
    const [, , id, action] = url.pathname.split('/');
    if (route === 'POST /services' || route === 'POST /runs') {
      this.#start(request, response);
    } else if (!this.runs.has(id)) {
      sendError(response, 404, 'NotFoundError', `There is no ${route}.`);
    } else {
      if (action === 'retry') {
        await this.change(id, { state: 'running', failure: undefined });
      } else if (action === 'cancel') {
        await this.change(id, { state: 'cancelled', endedAt: 'cancelled' });
      }
      sendJson(response, 200, this.runs.get(id));
    }
  }

  #start(request: IncomingMessage, response: ServerResponse): void {
    if (this.refusal) {
      sendError(response, 409, 'ConflictError', this.refusal);
      return;
    }
    const key = String(request.headers['idempotency-key']);
    const known = this.#byKey.get(key);
    const run = known ?? buildRun(`run-${this.runs.size + 1}`, this.next);
    if (!known) {
      this.#byKey.set(key, run);
      this.runs.set(run.id, run);
    }
    if (this.lostAnswers > 0) {
      this.lostAnswers -= 1;
      response.destroy();
    } else {
      sendJson(response, 201, this.runs.get(run.id));
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendError(
  response: ServerResponse,
  status: number,
  name: string,
  message: string,
) {
  sendJson(response, status, {
    error: { name, message },
    response: { statusCode: status },
  });
}
