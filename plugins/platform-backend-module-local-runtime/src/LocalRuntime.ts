import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import {
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  WorkloadLogLine,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import type {
  InstanceSignals,
  ObservedCall,
  OperationContext,
  ProbeAnswer,
  ProbeRequest,
  ReleaseSpec,
  Runtime,
  WorkloadRef,
} from '@slipway/plugin-platform-node';
import { AgentClient, type AgentRequest } from './AgentClient';
import { createAgentError } from './createAgentError';
import { type AgentConfig, readAgentConfig } from './readAgentConfig';
import type {
  ObservedCalls,
  RestartRequest,
  RetireRequest,
  RouteRequest,
  ScaleRequest,
  ShareRequest,
  StartEvent,
  StartRequest,
  StopRequest,
  TrafficCounts,
  WorkloadEvent,
} from './protocol';

/** How long a look at a workload waits for one: somebody is looking at a page. */
const OBSERVE_PATIENCE_MS = 1_000;
const RECONNECT_MS = 1_000;

export interface LocalRuntimeOptions extends AgentConfig {
  logger: LoggerService;
  /** How long an operation waits for an agent that is away, in milliseconds. Left out: 10 seconds. */
  patienceMs?: number;
}

/** Runs releases on this machine, by driving the local agent. */
export class LocalRuntime implements Runtime {
  readonly name = 'local';
  readonly #agent: AgentClient;
  readonly #routerUrl: string;
  readonly #logger: LoggerService;

  private constructor(options: LocalRuntimeOptions) {
    this.#agent = new AgentClient({
      url: options.agentUrl,
      token: options.agentToken,
      patienceMs: options.patienceMs,
    });
    this.#routerUrl = options.routerUrl;
    this.#logger = options.logger;
  }

  static create(options: LocalRuntimeOptions): LocalRuntime {
    if (!options.routerUrl.includes('{workload}')) {
      throw new InputError(
        `platform.localRuntime.routerUrl is "${options.routerUrl}", which has no {workload} in it. Use an address such as http://{workload}.localhost:7080.`,
      );
    }
    return new LocalRuntime(options);
  }

  /** Reads `platform.localRuntime`. */
  static fromConfig(
    config: Config,
    { logger }: { logger: LoggerService },
  ): LocalRuntime {
    return LocalRuntime.create({ ...readAgentConfig(config), logger });
  }

  async start(spec: ReleaseSpec, context: OperationContext): Promise<void> {
    const { ref, instanceId, ...body } = spec;
    try {
      await this.#follow(
        instancePath(ref, instanceId),
        { method: 'PUT', body: body satisfies StartRequest },
        `starting ${body.label}`,
        context,
      );
    } catch (error) {
      if (context.signal.aborted) {
        await this.abandon(ref, instanceId);
      }
      throw error;
    }
  }

  async #follow(
    path: string,
    request: Pick<AgentRequest, 'method' | 'body'>,
    what: string,
    context: OperationContext,
  ): Promise<void> {
    const events = this.#agent.stream<StartEvent>(path, {
      ...request,
      signal: context.signal,
    });
    for await (const event of events) {
      switch (event.type) {
        case 'progress':
          context.log(event.text);
          break;
        case 'ready':
          return;
        default:
          throw createAgentError(event.error);
      }
    }
    context.signal.throwIfAborted();
    throw new ServiceUnavailableError(
      `The local agent stopped while it was ${what}.`,
    );
  }

  async switchTraffic(
    ref: WorkloadRef,
    instanceId: string,
    context: OperationContext,
  ): Promise<{ url?: string }> {
    const status = await this.#agent.json<WorkloadStatus>(
      `${workloadPath(ref)}/route`,
      {
        method: 'PUT',
        body: { instanceId } satisfies RouteRequest,
        signal: context.signal,
      },
    );
    const { url } = this.#withUrl(ref, status);
    return { url };
  }

  async shiftTraffic(
    ref: WorkloadRef,
    share: { instanceId: string; percent: number },
    context: OperationContext,
  ): Promise<void> {
    await this.#agent.send(`${workloadPath(ref)}/share`, {
      method: 'PUT',
      body: share satisfies ShareRequest,
      signal: context.signal,
    });
  }

  signals(ref: WorkloadRef, instanceId: string): Promise<InstanceSignals> {
    return this.#agent.json<TrafficCounts>(
      `${instancePath(ref, instanceId)}/traffic`,
    );
  }

  probe(
    ref: WorkloadRef,
    instanceId: string,
    request: ProbeRequest,
    signal: AbortSignal,
  ): Promise<ProbeAnswer> {
    return this.#agent.json<ProbeAnswer>(
      `${instancePath(ref, instanceId)}/probe`,
      { method: 'POST', body: request, signal },
    );
  }

  async retire(
    ref: WorkloadRef,
    keepInstanceId: string,
    context: OperationContext,
  ): Promise<void> {
    await this.#agent.send(`${workloadPath(ref)}/retire`, {
      method: 'POST',
      body: { keepInstanceId } satisfies RetireRequest,
      signal: context.signal,
    });
  }

  async scale(
    ref: WorkloadRef,
    replicas: number,
    context: OperationContext,
  ): Promise<void> {
    await this.#follow(
      `${workloadPath(ref)}/replicas`,
      { method: 'PUT', body: { replicas } satisfies ScaleRequest },
      `scaling ${ref.service}`,
      context,
    );
  }

  async restart(ref: WorkloadRef, context: OperationContext): Promise<void> {
    const { idempotencyKey: key } = context;
    await this.#follow(
      `${workloadPath(ref)}/restart`,
      { method: 'POST', body: { key } satisfies RestartRequest },
      `restarting ${ref.service}`,
      context,
    );
  }

  async stop(
    ref: WorkloadRef,
    reason: string,
    context: OperationContext,
  ): Promise<void> {
    await this.#follow(
      `${workloadPath(ref)}/stop`,
      { method: 'PUT', body: { reason } satisfies StopRequest },
      `stopping ${ref.service}`,
      context,
    );
  }

  async resume(ref: WorkloadRef, context: OperationContext): Promise<void> {
    await this.#follow(
      `${workloadPath(ref)}/stop`,
      { method: 'DELETE' },
      `starting ${ref.service}`,
      context,
    );
  }

  async abandon(ref: WorkloadRef, instanceId: string): Promise<void> {
    await this.#agent.send(instancePath(ref, instanceId), { method: 'DELETE' });
  }

  async remove(ref: WorkloadRef, context: OperationContext): Promise<void> {
    await this.#agent.send(workloadPath(ref), {
      method: 'DELETE',
      signal: context.signal,
    });
  }

  async calls(): Promise<ObservedCall[]> {
    const { items } = await this.#agent.json<ObservedCalls>('/calls', {
      patienceMs: OBSERVE_PATIENCE_MS,
    });
    return items;
  }

  async observe(ref: WorkloadRef): Promise<WorkloadStatus> {
    try {
      return this.#withUrl(
        ref,
        await this.#agent.json<WorkloadStatus>(workloadPath(ref), {
          patienceMs: OBSERVE_PATIENCE_MS,
        }),
      );
    } catch (error) {
      return {
        health: 'unknown',
        restarts: 0,
        message: isError(error) ? error.message : String(error),
      };
    }
  }

  async *logs(
    ref: WorkloadRef,
    options: { tail: number; follow: boolean; signal: AbortSignal },
  ): AsyncIterable<WorkloadLogLine> {
    const { tail, follow, signal } = options;
    try {
      yield* this.#agent.stream<WorkloadLogLine>(
        `${workloadPath(ref)}/logs?tail=${tail}&follow=${follow}`,
        { signal },
      );
    } catch (error) {
      // Whoever aborted has seen enough: an end, not a failure.
      if (!signal.aborted) {
        throw error;
      }
    }
  }

  watch(
    listener: (ref: WorkloadRef, status: WorkloadStatus) => void,
    signal: AbortSignal,
  ): void {
    this.#watch(listener, signal).catch(error => {
      if (!signal.aborted) {
        this.#logger.error('The local agent is no longer watched', error);
      }
    });
  }

  /**
   * The agent begins each stream with the state of every workload, so that no change is missed while the
   * connection is away; what the listener has been told already is not told again.
   */
  async #watch(
    listener: (ref: WorkloadRef, status: WorkloadStatus) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const told = new Map<string, string>();
    let away = false;
    while (!signal.aborted) {
      try {
        const events = this.#agent.stream<WorkloadEvent>('/events', {
          signal,
          patienceMs: 0,
        });
        for await (const { ref, status } of events) {
          away = false;
          const { memoryBytes: _, ...essence } = status;
          const state = JSON.stringify(essence);
          if (told.get(workloadName(ref)) !== state) {
            told.set(workloadName(ref), state);
            this.#tell(listener, ref, status);
          }
        }
      } catch (error) {
        if (!away && !signal.aborted) {
          away = true;
          this.#logger.warn(
            `Waiting for the local agent: ${isError(error) ? error.message : String(error)}`,
          );
        }
      }
      await delay(RECONNECT_MS, undefined, { signal });
    }
  }

  #tell(
    listener: (ref: WorkloadRef, status: WorkloadStatus) => void,
    ref: WorkloadRef,
    status: WorkloadStatus,
  ): void {
    try {
      listener(ref, this.#withUrl(ref, status));
    } catch (error) {
      this.#logger.error(
        `A change of ${workloadName(ref)} could not be handled`,
        isError(error) ? error : undefined,
      );
    }
  }

  #withUrl(ref: WorkloadRef, status: WorkloadStatus): WorkloadStatus {
    const isReached =
      status.instanceId !== undefined &&
      (status.kind ?? 'service') === 'service';
    return isReached
      ? {
          ...status,
          url: this.#routerUrl.replace('{workload}', workloadName(ref)),
        }
      : status;
  }
}

function workloadName(ref: WorkloadRef): string {
  return `${ref.service}-${ref.environment}`;
}

function workloadPath(ref: WorkloadRef): string {
  return `/workloads/${encodeURIComponent(ref.service)}/${encodeURIComponent(ref.environment)}`;
}

function instancePath(ref: WorkloadRef, instanceId: string): string {
  return `${workloadPath(ref)}/instances/${encodeURIComponent(instanceId)}`;
}
