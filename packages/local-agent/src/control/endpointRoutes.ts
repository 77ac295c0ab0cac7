import type { EndpointRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError } from '../AgentError';
import type { EndpointRegistry } from '../endpoints/EndpointRegistry';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import { sendJson, sendNothing } from './answer';
import type { Exchange, Routes } from './Exchange';
import { parse } from './parse';
import { readJson } from './readJson';
import { endpointRequestSchema, idSchema } from './schemas';

/** Endpoints, by the id of their resource. */
export function endpointRoutes({
  endpoints,
  registry,
}: {
  endpoints: EndpointRegistry;
  registry: WorkloadRegistry;
}): Routes {
  return {
    'PUT /endpoints/:id': async ({ request, response, params }) => {
      const wanted = parse(endpointRequestSchema, await readJson(request));
      registry.requireFreeAddress(wanted.host);
      endpoints.put(idOf(params), wanted);
      sendNothing(response);
    },

    'GET /endpoints/:id': ({ response, params }) => {
      const endpoint = endpoints.get(idOf(params));
      if (!endpoint) {
        throw new AgentError('NotFoundError', 'There is no such endpoint.');
      }
      sendJson<EndpointRequest>(response, endpoint);
    },

    'DELETE /endpoints/:id': ({ response, params }) => {
      endpoints.remove(idOf(params));
      sendNothing(response);
    },
  };
}

function idOf({ id }: Exchange['params']): string {
  return parse(idSchema, id, 'the id');
}
