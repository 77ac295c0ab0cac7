import type {
  AgentLogLine,
  StartEvent,
  WorkloadEvent,
  WorkloadList,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadStatus } from '@slipway/plugin-platform-common';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import type { AgentLogger } from '../AgentLogger';
import type { WorkloadRouter } from '../router/WorkloadRouter';
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
  retireRequestSchema,
  routeRequestSchema,
  startRequestSchema,
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

  return {
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
      const stream = new EventStream<StartEvent>(response);
      try {
        await registry
          .findOrCreate(ref)
          .start(instanceId, spec, text =>
            stream.send({ type: 'progress', text }),
          );
        stream.send({ type: 'ready' });
      } catch (error) {
        stream.send({ type: 'failed', error: explainError(error, logger) });
      }
      stream.end();
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
