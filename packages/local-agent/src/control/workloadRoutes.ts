import type {
  AgentLogLine,
  ObservedCalls,
  StartEvent,
  TrafficCounts,
  WorkloadEvent,
  WorkloadList,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadStatus } from '@slipway/plugin-platform-common';
import type { ProbeAnswer, WorkloadRef } from '@slipway/plugin-platform-node';
import { AgentError } from '../AgentError';
import type { AgentLogger } from '../AgentLogger';
import type { WorkloadRouter } from '../router/WorkloadRouter';
import type { Instance } from '../workloads/Instance';
import { probeInstance } from '../workloads/probeInstance';
import { workloadName } from '../workloads/types';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import { sendJson, sendNothing } from './answer';
import { EventStream } from './EventStream';
import type { Exchange, Routes } from './Exchange';
import { explainError } from './explainError';
import { parse } from './parse';
import { readJson } from './readJson';
import {
  idSchema,
  logQuerySchema,
  refSchema,
  probeRequestSchema,
  restartRequestSchema,
  retireRequestSchema,
  routeRequestSchema,
  scaleRequestSchema,
  shareRequestSchema,
  startRequestSchema,
  stopRequestSchema,
} from './schemas';
import { streamLogs } from './streamLogs';

const WORKLOAD = '/workloads/:service/:environment';

/** Workloads, their instances, logs and traffic. */
export function workloadRoutes(options: {
  registry: WorkloadRegistry;
  router: WorkloadRouter;
  logger: AgentLogger;
}): Routes {
  const { registry, router, logger } = options;
  const events = (): WorkloadEvent[] =>
    registry.list().map(workload => ({
      ref: workload.record.ref,
      status: workload.status(),
    }));
  const statusOf = (ref: WorkloadRef): WorkloadStatus =>
    registry.find(ref)?.status() ?? { health: 'stopped', restarts: 0 };

  const instanceOf = (params: Exchange['params']): Instance => {
    const id = instanceIdOf(params);
    const workload = registry.find(refOf(params));
    const instance = workload?.instances.find(
      ({ record }) => record.instanceId === id,
    );
    if (!instance) {
      throw new AgentError(
        'NotFoundError',
        `There is no instance ${id} of ${workloadName(refOf(params))}.`,
      );
    }
    return instance;
  };

  /** Answers with what is going on, as long as it does, and how it ended. */
  const told = async (
    response: Exchange['response'],
    work: (progress: (text: string) => void) => Promise<void>,
  ): Promise<void> => {
    const stream = new EventStream<StartEvent>(response);
    try {
      await work(text => stream.send({ type: 'progress', text }));
      stream.send({ type: 'ready' });
    } catch (error) {
      stream.send({ type: 'failed', error: explainError(error, logger) });
    }
    stream.end();
  };

  return {
    'GET /calls': ({ response }) =>
      sendJson<ObservedCalls>(response, { items: router.calls.list() }),

    'GET /workloads': ({ response }) =>
      sendJson<WorkloadList>(response, { items: events() }),

    'GET /events': ({ response }) => {
      const stream = new EventStream<WorkloadEvent>(response);
      const send = (event: WorkloadEvent) => stream.send(event);
      registry.on('changed', send);
      stream.signal.addEventListener('abort', () =>
        registry.off('changed', send),
      );
      events().forEach(send);
    },

    [`GET ${WORKLOAD}`]: ({ response, params }) =>
      sendJson<WorkloadStatus>(response, statusOf(refOf(params))),

    [`DELETE ${WORKLOAD}`]: async ({ response, params }) => {
      await registry.remove(refOf(params));
      sendNothing(response);
    },

    [`PUT ${WORKLOAD}/instances/:instanceId`]: async ({
      request,
      response,
      params,
    }) => {
      const ref = refOf(params);
      const instanceId = instanceIdOf(params);
      const spec = parse(startRequestSchema, await readJson(request));
      await told(response, progress =>
        registry.findOrCreate(ref).start(instanceId, spec, progress),
      );
    },

    [`PUT ${WORKLOAD}/replicas`]: async ({ request, response, params }) => {
      const ref = refOf(params);
      const { replicas } = parse(scaleRequestSchema, await readJson(request));
      await told(response, progress =>
        registry.findOrCreate(ref).operations.scale(replicas, progress),
      );
    },

    [`POST ${WORKLOAD}/restart`]: async ({ request, response, params }) => {
      const ref = refOf(params);
      const { key } = parse(restartRequestSchema, await readJson(request));
      await told(response, progress =>
        registry.findOrCreate(ref).operations.restart(key, progress),
      );
    },

    [`PUT ${WORKLOAD}/stop`]: async ({ request, response, params }) => {
      const ref = refOf(params);
      const { reason } = parse(stopRequestSchema, await readJson(request));
      await told(response, () =>
        registry.findOrCreate(ref).operations.stop(reason),
      );
    },

    [`DELETE ${WORKLOAD}/stop`]: async ({ response, params }) => {
      const ref = refOf(params);
      await told(response, progress =>
        registry.findOrCreate(ref).operations.resume(progress),
      );
    },

    [`DELETE ${WORKLOAD}/instances/:instanceId`]: async ({
      response,
      params,
    }) => {
      await registry.find(refOf(params))?.abandon(instanceIdOf(params));
      sendNothing(response);
    },

    [`PUT ${WORKLOAD}/route`]: async ({ request, response, params }) => {
      const ref = refOf(params);
      const { instanceId } = parse(routeRequestSchema, await readJson(request));
      await registry.findOrCreate(ref).switchTraffic(instanceId);
      sendJson<WorkloadStatus>(response, statusOf(ref));
    },

    [`PUT ${WORKLOAD}/share`]: async ({ request, response, params }) => {
      const share = parse(shareRequestSchema, await readJson(request));
      await registry.findOrCreate(refOf(params)).shiftTraffic(share);
      sendNothing(response);
    },

    [`GET ${WORKLOAD}/instances/:instanceId/traffic`]: ({
      response,
      params,
    }) => {
      const { meter } = instanceOf(params);
      sendJson<TrafficCounts>(response, meter.snapshot());
    },

    [`POST ${WORKLOAD}/instances/:instanceId/probe`]: async ({
      request,
      response,
      params,
    }) => {
      const wanted = parse(probeRequestSchema, await readJson(request));
      const instance = instanceOf(params);
      const endpoint = await instance.whenReady(wanted.timeoutMs);
      if (!endpoint) {
        throw AgentError.final({
          message: `${instance.record.spec.label} is not ready, so it can't be asked.`,
        });
      }
      sendJson<ProbeAnswer>(response, await probeInstance(endpoint, wanted));
    },

    [`POST ${WORKLOAD}/retire`]: async ({ request, response, params }) => {
      const ref = refOf(params);
      const body = parse(retireRequestSchema, await readJson(request));
      await registry.findOrCreate(ref).retire(body.keepInstanceId);
      sendNothing(response);
    },

    [`GET ${WORKLOAD}/logs`]: async ({ response, params, query }) => {
      const { tail, follow } = parse(
        logQuerySchema,
        Object.fromEntries(query),
        'the query',
      );
      const ref = refOf(params);
      const stream = new EventStream<AgentLogLine>(response);
      await streamLogs(
        registry,
        ref,
        { tail: Number(tail), follow: follow === 'true' },
        stream,
      );
    },

    [`GET ${WORKLOAD}/traffic`]: ({ response, params }) =>
      sendJson(response, router.meter(workloadName(refOf(params))).snapshot()),
  };
}

function refOf({ service, environment }: Exchange['params']): WorkloadRef {
  return parse(refSchema, { service, environment }, 'the address');
}

function instanceIdOf({ instanceId }: Exchange['params']): string {
  return parse(idSchema, instanceId, 'the instance id');
}
