import { InputError, isError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { EndpointRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import {
  createResourceProvider,
  OperationFailedError,
  planByAttributes,
  type ProvidedResource,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import type { Agent } from '../Agent';
import { lookUp } from '../lookUp';

/** What tells a type of endpoints from others. */
export interface EndpointType<TParameters extends JsonObject> extends Pick<
  ResourceProvider<TParameters>,
  'name' | 'type' | 'title' | 'description' | 'parameters' | 'outputs'
> {
  /** What the agent shall route. Throws `InputError` where that can't be said. */
  endpointOf(
    resource: ProvidedResource<TParameters>,
  ): Pick<EndpointRequest, 'host' | 'path' | 'service'>;
  outputsOf(
    endpoint: Pick<EndpointRequest, 'host' | 'path'>,
  ): Record<string, string>;
}

/** Addresses at the local agent's router: host names of people's choice. */
export function createEndpointProvider<TParameters extends JsonObject>(
  agent: Agent,
  { endpointOf, outputsOf, ...type }: EndpointType<TParameters>,
): ResourceProvider {
  return createResourceProvider<TParameters>({
    ...type,

    async plan(resource, observation) {
      return planByAttributes({
        wanted: attributesOf(endpointOf(resource)),
        observation,
      });
    },

    async observe(resource, { signal }) {
      const endpoint = await lookUp<EndpointRequest>(
        agent,
        pathOf(resource),
        signal,
      );
      return endpoint
        ? { exists: true, attributes: attributesOf(endpoint) }
        : { exists: false, attributes: {} };
    },

    async apply(resource, { signal }) {
      const { name, environment, owner } = resource;
      const endpoint = endpointOf(resource);
      const body: EndpointRequest = { ...endpoint, name, environment, owner };
      try {
        await agent.send(pathOf(resource), { method: 'PUT', body, signal });
      } catch (error) {
        throw isError(error) && error.name === 'ConflictError'
          ? new OperationFailedError({ message: error.message })
          : error;
      }
      return { outputs: outputsOf(endpoint) };
    },

    async destroy(resource, { signal }) {
      await agent.send(pathOf(resource), { method: 'DELETE', signal });
    },
  });
}

/** The service that requests go to: the one that was named, or the one that asks. */
export function serviceOf(
  resource: Pick<ProvidedResource, 'name' | 'service'>,
  service: string | undefined,
): string {
  const name = service ?? resource.service;
  if (name === undefined) {
    throw new InputError(
      `${resource.name} has no service that requests could go to. Name one in its parameter "service".`,
    );
  }
  return name;
}

function attributesOf({
  host,
  path,
  service,
}: Pick<EndpointRequest, 'host' | 'path' | 'service'>): JsonObject {
  return service === undefined ? { host } : { host, path, service };
}

function pathOf({ id }: Pick<ProvidedResource, 'id'>): string {
  return `/endpoints/${encodeURIComponent(id)}`;
}
