import { createHash, timingSafeEqual } from 'node:crypto';
import http, {
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { ZodMiniType } from 'zod/mini';
import type {
  AgentFailure,
  AgentHealth,
  AgentLogLine,
  StartEvent,
  WorkloadEvent,
  WorkloadList,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import type { WorkloadStatus } from '@slipway/plugin-platform-common';
import { AgentError } from '../AgentError';
import type { AgentLogger } from '../AgentLogger';
import type { WorkloadRouter } from '../router/WorkloadRouter';
import { workloadName } from '../workloads/types';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import { EventStream } from './EventStream';
import { readJson } from './readJson';
import {
  logQuerySchema,
  refSchema,
  instanceIdSchema,
  retireRequestSchema,
  routeRequestSchema,
  startRequestSchema,
} from './schemas';
import { streamLogs } from './streamLogs';

const STATUS_OF: Record<AgentFailure['error']['name'], number> = {
  AuthenticationError: 401,
  ConflictError: 409,
  InputError: 400,
  InternalError: 500,
  NotFoundError: 404,
  OperationFailedError: 422,
};

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  ref: WorkloadRef;
  instanceId: string;
}

type Handler = (exchange: Exchange) => Promise<void> | void;

/** The control API: authenticates, parses, calls one method, answers. See the protocol's description. */
export class ControlServer {
  readonly server: Server;
  readonly #registry: WorkloadRegistry;
  readonly #router: WorkloadRouter;
  readonly #logger: AgentLogger;
  readonly #tokenHash: Buffer;

  constructor(options: {
    registry: WorkloadRegistry;
    router: WorkloadRouter;
    logger: AgentLogger;
    token: string;
  }) {
    this.#registry = options.registry;
    this.#router = options.router;
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
    const url = new URL(request.url ?? '/', 'http://agent');
    if (url.pathname === '/healthz') {
      sendJson<AgentHealth>(response, { status: 'ok', pid: process.pid });
      return;
    }
    this.#authenticate(request);
    const [root, service, environment, part, instanceId, ...rest] = url.pathname
      .slice(1)
      .split('/')
      .map(decodeURIComponent);
    const shape = [
      request.method,
      root,
      ...(service === undefined ? [] : [':workload']),
      ...(part === undefined ? [] : [part]),
      ...(instanceId === undefined ? [] : [':instanceId']),
      ...rest,
    ].join(' ');
    const handler = this.#handlers[shape];
    if (!handler) {
      throw new AgentError(
        'NotFoundError',
        `The local agent does not know ${request.method} ${url.pathname}.`,
      );
    }
    await handler({
      request,
      response,
      query: url.searchParams,
      ref:
        service === undefined
          ? { service: '', environment: '' }
          : parse(refSchema, { service, environment }, 'the address'),
      instanceId:
        instanceId === undefined
          ? ''
          : parse(instanceIdSchema, instanceId, 'the instance id'),
    });
  }

  readonly #handlers: Record<string, Handler> = {
    'GET workloads': ({ response }) =>
      sendJson<WorkloadList>(response, { items: this.#events() }),

    'GET events': ({ response }) => {
      const stream = new EventStream<WorkloadEvent>(response);
      const send = (event: WorkloadEvent) => stream.send(event);
      this.#registry.on('changed', send);
      stream.signal.addEventListener('abort', () =>
        this.#registry.off('changed', send),
      );
      this.#events().forEach(send);
    },

    'GET workloads :workload': ({ response, ref }) =>
      sendJson<WorkloadStatus>(response, this.#status(ref)),

    'DELETE workloads :workload': async ({ response, ref }) => {
      await this.#registry.remove(ref);
      response.writeHead(204).end();
    },

    'PUT workloads :workload instances :instanceId': async ({
      request,
      response,
      ref,
      instanceId,
    }) => {
      const spec = parse(startRequestSchema, await readJson(request));
      const stream = new EventStream<StartEvent>(response);
      try {
        await this.#registry
          .findOrCreate(ref)
          .start(instanceId, spec, text =>
            stream.send({ type: 'progress', text }),
          );
        stream.send({ type: 'ready' });
      } catch (error) {
        stream.send({ type: 'failed', error: this.#explain(error) });
      }
      stream.end();
    },

    'DELETE workloads :workload instances :instanceId': async ({
      response,
      ref,
      instanceId,
    }) => {
      await this.#registry.find(ref)?.abandon(instanceId);
      response.writeHead(204).end();
    },

    'PUT workloads :workload route': async ({ request, response, ref }) => {
      const { instanceId } = parse(routeRequestSchema, await readJson(request));
      await this.#registry.findOrCreate(ref).switchTraffic(instanceId);
      sendJson<WorkloadStatus>(response, this.#status(ref));
    },

    'POST workloads :workload retire': async ({ request, response, ref }) => {
      const body = parse(retireRequestSchema, await readJson(request));
      await this.#registry.findOrCreate(ref).retire(body.keepInstanceId);
      response.writeHead(204).end();
    },

    'GET workloads :workload logs': async ({ response, ref, query }) => {
      const { tail, follow } = parse(
        logQuerySchema,
        Object.fromEntries(query),
        'the query',
      );
      const stream = new EventStream<AgentLogLine>(response);
      await streamLogs(
        this.#registry,
        ref,
        { tail: Number(tail), follow: follow === 'true' },
        stream,
      );
    },

    'GET workloads :workload traffic': ({ response, ref }) =>
      sendJson(response, this.#router.meter(workloadName(ref)).snapshot()),
  };

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

  #events(): WorkloadEvent[] {
    return this.#registry.list().map(workload => ({
      ref: workload.record.ref,
      status: workload.status(),
    }));
  }

  #status(ref: WorkloadRef): WorkloadStatus {
    return (
      this.#registry.find(ref)?.status() ?? { health: 'stopped', restarts: 0 }
    );
  }

  #explain(error: unknown): AgentFailure['error'] {
    if (error instanceof AgentError) {
      return { name: error.name, ...error.toFailure() };
    }
    this.#logger.warn(
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    return {
      name: 'InternalError',
      message: `The local agent failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }

  #fail(response: ServerResponse, error: unknown): void {
    const explained = this.#explain(error);
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

function sendJson<T>(response: ServerResponse, body: T, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function parse<T>(
  schema: ZodMiniType<T>,
  value: unknown,
  where = 'the body',
): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const at = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new AgentError(
    'InputError',
    `Wrong in ${where}${at}: ${issue.message}`,
  );
}
