import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import path from 'node:path';
import { AgentError, codeOf } from './AgentError';
import type { AgentLogger } from './AgentLogger';
import { ControlServer } from './control/ControlServer';
import { findWorkloadUser } from './processes/WorkloadUser';
import { WorkloadRouter } from './router/WorkloadRouter';
import { AgentLock } from './state/AgentLock';
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
  logger: AgentLogger;
  tuning?: Partial<Tuning>;
}

const LOOPBACK = '127.0.0.1';

/** Supervises services on this machine, routes to them and keeps their logs. */
export class LocalAgent {
  readonly controlPort: number;
  readonly routerPort: number;
  readonly #registry: WorkloadRegistry;
  readonly #router: WorkloadRouter;
  readonly #servers: Server[];
  readonly #lock: AgentLock;

  private constructor(parts: {
    controlPort: number;
    routerPort: number;
    registry: WorkloadRegistry;
    router: WorkloadRouter;
    servers: Server[];
    lock: AgentLock;
  }) {
    this.controlPort = parts.controlPort;
    this.routerPort = parts.routerPort;
    this.#registry = parts.registry;
    this.#router = parts.router;
    this.#servers = parts.servers;
    this.#lock = parts.lock;
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
      const registry = new WorkloadRegistry(stateDirectory, {
        tuning,
        logger,
        user,
        nodeDirectory: path.dirname(process.execPath),
      });
      const router = new WorkloadRouter({
        registry,
        holdMs: tuning.holdMs,
        logger,
      });
      const control = new ControlServer({
        registry,
        router,
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
    await this.#registry.suspend();
    this.#servers.forEach(server => server.closeAllConnections());
    this.#router.close();
    this.#lock.release();
  }
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
