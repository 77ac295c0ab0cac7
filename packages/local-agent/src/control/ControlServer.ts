import { createHash, timingSafeEqual } from 'node:crypto';
import http, {
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type {
  AgentFailure,
  AgentHealth,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError } from '../AgentError';
import type { AgentLogger } from '../AgentLogger';
import type { EndpointRegistry } from '../endpoints/EndpointRegistry';
import type { WorkloadRouter } from '../router/WorkloadRouter';
import type { VolumeRegistry } from '../volumes/VolumeRegistry';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import { sendJson } from './answer';
import { endpointRoutes } from './endpointRoutes';
import type { Routes } from './Exchange';
import { explainError } from './explainError';
import { findRoute } from './findRoute';
import { volumeRoutes } from './volumeRoutes';
import { workloadRoutes } from './workloadRoutes';

const STATUS_OF: Record<AgentFailure['error']['name'], number> = {
  AuthenticationError: 401,
  ConflictError: 409,
  InputError: 400,
  InternalError: 500,
  NotFoundError: 404,
  OperationFailedError: 422,
};

/** The control API: authenticates, finds the route, explains what goes wrong. See the protocol's description. */
export class ControlServer {
  readonly server: Server;
  readonly #routes: Routes;
  readonly #logger: AgentLogger;
  readonly #tokenHash: Buffer;

  constructor(options: {
    registry: WorkloadRegistry;
    router: WorkloadRouter;
    volumes: VolumeRegistry;
    endpoints: EndpointRegistry;
    logger: AgentLogger;
    token: string;
  }) {
    this.#routes = {
      ...workloadRoutes(options),
      ...volumeRoutes(options),
      ...endpointRoutes(options),
    };
    this.#logger = options.logger;
    this.#tokenHash = hash(options.token);
    this.server = http.createServer((request, response) => {
      this.#handle(request, response).catch(error =>
        this.#fail(response, error),
      );
    });
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'http://agent',
    );
    if (pathname === '/healthz') {
      sendJson<AgentHealth>(response, { status: 'ok', pid: process.pid });
      return;
    }
    this.#authenticate(request);
    const route = findRoute(this.#routes, request.method ?? '', pathname);
    if (!route) {
      throw new AgentError(
        'NotFoundError',
        `The local agent does not know ${request.method} ${pathname}.`,
      );
    }
    const { handler, params } = route;
    await handler({ request, response, query: searchParams, params });
  }

  #authenticate(request: IncomingMessage): void {
    const given = /^Bearer (.+)$/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    // Hashes have one length, as a comparison in constant time needs.
    if (!given || !timingSafeEqual(hash(given), this.#tokenHash)) {
      throw new AgentError(
        'AuthenticationError',
        'The local agent expects its token as a bearer token.',
        'Set SLIPWAY_AGENT_TOKEN for the portal and the agent to the same value.',
      );
    }
  }

  #fail(response: ServerResponse, error: unknown): void {
    const explained = explainError(error, this.#logger);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendJson<AgentFailure>(
      response,
      { error: explained },
      STATUS_OF[explained.name],
    );
  }
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
