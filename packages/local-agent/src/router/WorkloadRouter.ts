import http, {
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer } from 'httpxy';
import type { AgentLogger } from '../AgentLogger';
import type { EndpointRegistry } from '../endpoints/EndpointRegistry';
import { workloadName } from '../workloads/types';
import { TrafficMeter } from '../workloads/TrafficMeter';
import type { Workload } from '../workloads/Workload';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import { CallObserver } from './CallObserver';
import { forward, isForwardedClaim } from './forward';

const HOST = /^([a-z0-9-]+)\.localhost\.?(?::\d+)?$/;
/** Idle connections of clients are kept longer than clients keep them, so that closing never meets a request. */
const CLIENT_KEEP_ALIVE_MS = 75_000;

/**
 * Sends requests for `<service>-<environment>.localhost` to the instance that has the traffic.
 *
 * No request fails because of a switch: each one is routed by itself, also on a connection that was there
 * before, and an old instance stops only when it has answered all of its own. Requests without a body that can be
 * repeated go over connections that are kept, and are sent again where the service closed one at that moment or
 * just died; any other gets a connection of its own. While a process comes up its requests wait a moment.
 */
export class WorkloadRouter {
  readonly server: Server;
  /** Which service calls which. */
  readonly calls: CallObserver;
  readonly #registry: WorkloadRegistry;
  readonly #endpoints: EndpointRegistry;
  readonly #holdMs: number;
  readonly #logger: AgentLogger;
  readonly #meters = new Map<string, TrafficMeter>();
  readonly #agent = new http.Agent({ keepAlive: true, maxFreeSockets: 32 });
  // Without an error listener each call reports its own failure.
  readonly #proxy = createProxyServer({ xfwd: true });

  constructor(options: {
    registry: WorkloadRegistry;
    endpoints: EndpointRegistry;
    holdMs: number;
    logger: AgentLogger;
  }) {
    this.#registry = options.registry;
    this.#endpoints = options.endpoints;
    this.#holdMs = options.holdMs;
    this.#logger = options.logger;
    this.calls = new CallObserver(() =>
      options.registry.list().map(({ record, instances }) => ({
        ref: record.ref,
        groups: instances.flatMap(({ pids }) => pids),
      })),
    );
    this.server = this.createServer();
  }

  /** A server that routes; one is needed for each address it listens on. */
  createServer(): Server {
    const server = http.createServer(
      { keepAliveTimeout: CLIENT_KEEP_ALIVE_MS, requestTimeout: 0 },
      (request, response) => {
        this.#route(request, response).catch(error => {
          this.#logger.warn(`Router: ${String(error)}`);
          response.destroy();
        });
      },
    );
    server.on('upgrade', (request, socket: Socket, head: Buffer) => {
      this.#upgrade(request, socket, head).catch(() => socket.destroy());
    });
    return server;
  }

  meter(name: string): TrafficMeter {
    let meter = this.#meters.get(name);
    if (!meter) {
      meter = new TrafficMeter();
      this.#meters.set(name, meter);
    }
    return meter;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #route(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const host = hostOf(request);
    if (host === undefined && request.url === '/healthz') {
      answer(request, response, 200, 'ok', 'The router is up.');
      return;
    }
    const name = this.#workloadAt(host, request);
    const workload = this.#registry.findByName(name ?? '');
    if (!workload?.isReached) {
      answer(
        request,
        response,
        404,
        'unknown-host',
        workload?.serving
          ? `${workload.name} takes no requests: its score.yaml has no ports in service. Its page in the portal shows what it does.`
          : this.#explainUnknownHost(request, name),
      );
      return;
    }
    this.calls.request(workload.record.ref, request.socket);
    const begun = performance.now();
    const meters = new Set([this.meter(workload.name)]);
    response.once('close', () => {
      const status = response.headersSent ? response.statusCode : 499;
      const durationMs = performance.now() - begun;
      meters.forEach(meter => meter.record(status, durationMs));
    });
    await this.#forward(workload, request, response, meters);
  }

  async #forward(
    workload: Workload,
    request: IncomingMessage,
    response: ServerResponse,
    meters: Set<TrafficMeter>,
  ): Promise<void> {
    const repeatable = isRepeatable(request);
    const deadline = Date.now() + this.#holdMs;
    for (;;) {
      const route = await workload.endpoint(Math.max(0, deadline - Date.now()));
      const { stopped } = workload.record;
      if (!route && stopped) {
        answer(
          request,
          response,
          503,
          'stopped',
          `${workload.name} is stopped: ${stopped.reason}. Start it on its page in the portal.`,
        );
        return;
      }
      if (!route) {
        answer(
          request,
          response,
          503,
          'not-ready',
          `${workload.name} is not ready. ${workload.status().message ?? ''} See its page in the portal for its log, and try again in a moment.`,
        );
        return;
      }
      meters.add(route.meter);
      try {
        await forward(request, response, {
          endpoint: route.endpoint,
          ...(repeatable && { agent: this.#agent }),
        });
        return;
      } catch (error) {
        if (response.headersSent || response.destroyed) {
          response.destroy();
          return;
        }
        if (!repeatable || Date.now() >= deadline) {
          answer(
            request,
            response,
            502,
            'no-answer',
            `${workload.name} broke off the connection before it answered. See its page in the portal for its log.`,
          );
          return;
        }
        // The process has just died, or closed an idle connection: its successor gets the request.
        await new Promise(resolve => setTimeout(resolve, 10));
      } finally {
        route.leave();
      }
    }
  }

  /** The name of the workload that a request is for: it is the host name, or that of an endpoint that leads there. */
  #workloadAt(
    host: string | undefined,
    request: IncomingMessage,
  ): string | undefined {
    if (host === undefined || this.#registry.findByName(host)) {
      return host;
    }
    const ref = this.#endpoints.route(host, pathOf(request));
    return ref && workloadName(ref);
  }

  #explainUnknownHost(
    request: IncomingMessage,
    name: string | undefined,
  ): string {
    if (name) {
      return `Nothing of ${name} has been released yet. Its page in the portal shows what its first deployment does.`;
    }
    const holder = this.#endpoints.holderOf(hostOf(request) ?? '');
    return holder
      ? `No route of ${holder.host}.localhost leads to a service from ${pathOf(request)}. The page of ${holder.name} in the portal shows what does.`
      : `No service answers at ${JSON.stringify(request.headers.host ?? '')}. Addresses look like http://<service>-<environment>.localhost; the portal shows the address of each service.`;
  }

  async #upgrade(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
  ): Promise<void> {
    const name = this.#workloadAt(hostOf(request), request);
    const workload = this.#registry.findByName(name ?? '');
    const route = workload?.isReached
      ? await workload.endpoint(this.#holdMs)
      : undefined;
    if (!route) {
      socket.end(
        'HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n',
      );
      return;
    }
    // A connection like this may stay for days, so an old instance doesn't wait for it.
    route.leave();
    for (const claim of Object.keys(request.headers).filter(isForwardedClaim)) {
      delete request.headers[claim];
    }
    await this.#proxy.ws(
      request,
      socket,
      { target: { protocol: 'http:', ...route.endpoint } },
      head,
    );
  }
}

function hostOf(request: IncomingMessage): string | undefined {
  return HOST.exec(request.headers.host?.toLowerCase() ?? '')?.[1];
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://router').pathname;
}

function isRepeatable({ method, headers }: IncomingMessage): boolean {
  return (
    ['GET', 'HEAD', 'OPTIONS'].includes(method ?? '') &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length'] ?? 0) === 0
  );
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  const asJson = request.headers.accept?.includes('application/json');
  response.writeHead(status, {
    'content-type': `${asJson ? 'application/json' : 'text/plain'}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 503 && { 'retry-after': '2' }),
  });
  response.end(
    asJson ? JSON.stringify({ error: { code, message } }) : `${message}\n`,
  );
}
