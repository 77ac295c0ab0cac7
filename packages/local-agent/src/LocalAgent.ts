import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { AgentError, codeOf } from './AgentError';
import type { AgentLogger } from './AgentLogger';
import { ControlServer } from './control/ControlServer';
import { EndpointRegistry } from './endpoints/EndpointRegistry';
import { Bubblewrap } from './mounts/Bubblewrap';
import { findWorkloadUser } from './processes/WorkloadUser';
import { WorkloadRouter } from './router/WorkloadRouter';
import { AgentLock } from './state/AgentLock';
import { VolumeRegistry } from './volumes/VolumeRegistry';
import { DEFAULT_TUNING, type Tuning } from './workloads/types';
import { WorkloadRegistry } from './workloads/WorkloadRegistry';

/** What an agent is told when it starts. */
export interface AgentOptions {
  /** Holds all that it must remember; made where it is missing. */
  stateDirectory: string;
  /** Whoever has it controls the agent. */
  token: string;
  /** 0 takes any free port. */
  controlPort: number;
  /** 0 takes any free port. */
  routerPort: number;
  /** Left out: both loopback addresses, since `*.localhost` may mean either. */
  routerHost?: string;
  /** The user that services run as where the agent is root. */
  workloadUser: string;
  /**
   * The program that shows services volumes and files at absolute paths; where it doesn't work, they are told where those are instead.
   * Left out: `bwrap`.
   */
  bubblewrap?: string;
  logger: AgentLogger;
  tuning?: Partial<Tuning>;
}

const LOOPBACK = '127.0.0.1';
const SYSTEM_PATH = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'];

/** Supervises services on this machine, routes to them and keeps their logs. */
export class LocalAgent {
  readonly controlPort: number;
  readonly routerPort: number;
  readonly #registry: WorkloadRegistry;
  readonly #router: WorkloadRouter;
  readonly #servers: Server[];
  readonly #lock: AgentLock;
  readonly #volumes: VolumeRegistry;

  private constructor(parts: {
    controlPort: number;
    routerPort: number;
    registry: WorkloadRegistry;
    router: WorkloadRouter;
    servers: Server[];
    lock: AgentLock;
    volumes: VolumeRegistry;
  }) {
    this.controlPort = parts.controlPort;
    this.routerPort = parts.routerPort;
    this.#registry = parts.registry;
    this.#router = parts.router;
    this.#servers = parts.servers;
    this.#lock = parts.lock;
    this.#volumes = parts.volumes;
  }

  /** Resolves when both ports are open and everything that ran before is adopted or on its way back. */
  static async start(options: AgentOptions): Promise<LocalAgent> {
    const { logger, stateDirectory } = options;
    const tuning = { ...DEFAULT_TUNING, ...options.tuning };
    const user = findWorkloadUser(options.workloadUser);
    mkdirSync(stateDirectory, { recursive: true, mode: 0o755 });
    const lock = AgentLock.acquire(stateDirectory);
    const servers: Server[] = [];
    try {
      const volumes = new VolumeRegistry(stateDirectory, {
        user,
        intervalMs: tuning.volumeIntervalMs,
      });
      const endpoints = new EndpointRegistry(stateDirectory);
      const searchPath = [path.dirname(process.execPath), ...SYSTEM_PATH].join(
        path.delimiter,
      );
      const registry = new WorkloadRegistry(stateDirectory, {
        tuning,
        logger,
        user,
        searchPath,
        volumes,
        endpoints,
        bubblewrap: once(() =>
          Bubblewrap.find(options.bubblewrap ?? 'bwrap', user, searchPath),
        ),
      });
      const router = new WorkloadRouter({
        registry,
        endpoints,
        holdMs: tuning.holdMs,
        logger,
      });
      const control = new ControlServer({
        registry,
        router,
        volumes,
        endpoints,
        logger,
        token: options.token,
      });
      servers.push(router.server, control.server);
      const routerPort = await listen(
        router.server,
        options.routerPort,
        options.routerHost ?? LOOPBACK,
        'SLIPWAY_ROUTER_PORT',
      );
      if (!options.routerHost) {
        const second = router.createServer();
        servers.push(second);
        await listen(second, routerPort, '::1', 'SLIPWAY_ROUTER_PORT').catch(
          error => {
            // A machine without IPv6 needs none; on any free port, IPv4 alone does.
            if (error instanceof AgentError && options.routerPort !== 0) {
              throw error;
            }
          },
        );
      }
      const controlPort = await listen(
        control.server,
        options.controlPort,
        LOOPBACK,
        'SLIPWAY_AGENT_PORT',
      );
      registry.resume();
      return new LocalAgent({
        controlPort,
        routerPort,
        registry,
        router,
        servers,
        lock,
        volumes,
      });
    } catch (error) {
      servers.forEach(server => server.close());
      lock.release();
      throw error;
    }
  }

  /** Stops all services, side by side, and everything else; the next agent brings the services back. */
  async stop(): Promise<void> {
    this.#servers.forEach(server => server.close());
    this.#volumes.close();
    await this.#registry.suspend();
    this.#servers.forEach(server => server.closeAllConnections());
    this.#router.close();
    this.#lock.release();
  }
}

/** Does something the first time it is asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function listen(
  server: Server,
  port: number,
  host: string,
  variable: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      switch (codeOf(error)) {
        case 'EADDRINUSE':
          reject(
            new AgentError(
              'ConflictError',
              `Port ${port} on ${host} is taken by another program.`,
              `Stop that program, or set ${variable} to another port.`,
            ),
          );
          break;
        case 'EACCES':
          reject(
            new AgentError(
              'ConflictError',
              `Port ${port} may not be opened by this user.`,
              `Set ${variable} to a port above 1023.`,
            ),
          );
          break;
        default:
          reject(error);
      }
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
